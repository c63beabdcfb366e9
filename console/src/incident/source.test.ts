import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sourceName } from './source'
import en from './en.json'
import zh from './zh-CN.json'

const english = (key: string) => en.source_said[key.split('.').at(-1) as keyof typeof en.source_said]
const phoned = { source: { kind: 'phone', informant: null, candidate: null } }

describe('the source of figures', () => {
  it('is in the reader\'s language where it is the node\'s word for how the incident was reported', () => {
    expect(sourceName('电话报告', phoned, english)).toBe('Telephone')
    expect(sourceName('市人民医院', phoned, english)).toBe('市人民医院')
    expect(sourceName('线索', phoned, english)).toBe('线索')
  })
  it('is known by the words that the node has', () => {
    const story = readFileSync(new URL('../../../data/text/story.zh-CN.toml', import.meta.url), 'utf8')
    const words = /^\[source\]\n((?:\w+ = ".*"\n)+)/m.exec(story)![1]!
    expect(Object.fromEntries([...words.matchAll(/^(\w+) = "(.*)"$/gm)].map(([, kind, word]) => [kind, word]))).toEqual(zh.source_said)
  })
})
