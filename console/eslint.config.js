import vue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'

const cjk = /[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]/.source

export default typescript.config(
  { ignores: ['dist', 'node_modules'] },
  ...typescript.configs.recommended,
  ...vue.configs['flat/essential'],
  {
    files: ['**/*.{ts,vue}'],
    languageOptions: { parserOptions: { parser: typescript.parser, extraFileExtensions: ['.vue'] } },
    rules: {
      'max-lines': ['error', { max: 600 }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'vue/multi-word-component-names': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // Texts for people stand in the locale files, nowhere else.
    files: ['src/**/*.{ts,vue}'],
    ignores: ['src/**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: `Literal[value=/${cjk}/]`, message: 'Texts belong into the locale files.' },
        { selector: `TemplateElement[value.raw=/${cjk}/]`, message: 'Texts belong into the locale files.' },
      ],
      'vue/no-restricted-syntax': [
        'error',
        { selector: `VText[value=/${cjk}/]`, message: 'Texts belong into the locale files.' },
        { selector: `VLiteral[value=/${cjk}/]`, message: 'Texts belong into the locale files.' },
      ],
    },
  },
  { files: ['**/*.test.ts'], rules: { 'max-lines-per-function': 'off' } },
)
