import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import components from 'unplugin-vue-components/vite'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [
    vue(),
    // Only Element Plus comes by name; the project's own components are imported where they are used.
    components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    port: 5173,
    proxy: { '/api/': { target: process.env.ANLAN_NODE ?? 'http://127.0.0.1:8080', changeOrigin: false } },
  },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 1000,
    sourcemap: false,
    // Only hints: a browser that does not know them loads the same, later.
    modulePreload: { polyfill: false },
    // Two pages that share nothing but the theme. RapiDoc comes as one finished file: `overrides` in package.json keeps npm
    // from fetching the hundred packages that it was made of, some of which compile themselves.
    rolldownOptions: { input: ['index.html', 'api.html'] },
  },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
})
