import { describe, expect, it } from 'vitest'
import { mergeMessages, type Messages } from './locale'

const zh = import.meta.glob<Messages>('/src/**/zh-CN.json', { eager: true, import: 'default' })
const en = import.meta.glob<Messages>('/src/**/en.json', { eager: true, import: 'default' })

function flat(messages: Messages, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === 'string') found.set(prefix + key, value)
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text)
  }
  return found
}

const chinese = flat(mergeMessages(zh))
const english = flat(mergeMessages(en))

describe('the texts', () => {
  it('are found under the folder they stand in', () => {
    const merged = mergeMessages({ '/src/incident/list/en.json': { title: 'List' }, '/src/incident/en.json': { title: 'Incident' } })
    expect(merged).toEqual({ incident: { title: 'Incident', list: { title: 'List' } } })
  })
  it('exist in both languages under the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
    expect(chinese.size).toBeGreaterThan(300)
  })
  it('are never empty and take the same values', () => {
    const values = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
    for (const [key, text] of chinese) {
      expect(text.trim(), key).not.toBe('')
      expect(values(english.get(key)!), key).toEqual(values(text))
    }
  })
  it('are English where English is promised', () => {
    const offered = ['frame.other_language', 'account.in_zh-CN', 'interface.other_language']
    const stray = [...english].filter(([key, text]) => /[\u4e00-\u9fff]/.test(text) && !offered.includes(key))
    expect(stray).toEqual([])
  })
})
