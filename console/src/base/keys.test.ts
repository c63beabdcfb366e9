import { describe, expect, it } from 'vitest'
import { KeyRegistry } from './keys'

function press(registry: KeyRegistry, key: string, more: Partial<KeyboardEvent> & { in?: string } = {}, at = 0, covered = false): boolean {
  let prevented = false
  const event = {
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    repeat: false,
    target: more.in ? { tagName: more.in, isContentEditable: false } : null,
    preventDefault: () => (prevented = true),
    ...more,
  }
  Object.defineProperty(event, 'defaultPrevented', { get: () => prevented })
  return registry.handle(event as unknown as KeyboardEvent, at, covered)
}

function registry(...names: string[]) {
  const done: string[] = []
  const keys = new KeyRegistry()
  for (const name of names) keys.add({ keys: name, label: name, run: () => void done.push(name) })
  return { keys, done }
}

describe('short cuts', () => {
  it('run by their name', () => {
    const { keys, done } = registry('F2', '?', 'Ctrl+Enter', 'Escape')
    press(keys, 'F2')
    press(keys, '?')
    press(keys, 'Enter', { ctrlKey: true })
    press(keys, 'Escape')
    expect(done).toEqual(['F2', '?', 'Ctrl+Enter', 'Escape'])
  })
  it('leave letters to who is typing, not function keys', () => {
    const { keys, done } = registry('F2', 'n', 'g d', 'Ctrl+Enter')
    expect(press(keys, 'n', { in: 'TEXTAREA' })).toBe(false)
    press(keys, 'g', { in: 'INPUT' })
    press(keys, 'd', { in: 'INPUT' })
    press(keys, 'F2', { in: 'INPUT' })
    press(keys, 'Enter', { in: 'TEXTAREA', ctrlKey: true })
    expect(done).toEqual(['F2', 'Ctrl+Enter'])
  })
  it('take two letters one after the other, within a while', () => {
    const { keys, done } = registry('g d', 'g i', 'd')
    press(keys, 'g', {}, 0)
    press(keys, 'i', {}, 200)
    press(keys, 'g', {}, 1_000)
    press(keys, 'd', {}, 9_000)
    expect(done).toEqual(['g i', 'd'])
  })
  it('ask the last one who registered first, then the one before', () => {
    const keys = new KeyRegistry()
    const done: string[] = []
    keys.add({ keys: 'F4', label: 'page', run: () => void done.push('page') })
    let willing = true
    const remove = keys.add({ keys: 'F4', label: 'dialog', run: () => (willing ? void done.push('dialog') : false) })
    press(keys, 'F4')
    willing = false
    press(keys, 'F4')
    remove()
    press(keys, 'F4')
    expect(done).toEqual(['dialog', 'page', 'page'])
  })
  it('do nothing while a word is being composed or a dialog lies over the page', () => {
    const { keys, done } = registry('n', 'F2', '?')
    press(keys, 'F2', { isComposing: true })
    press(keys, 'n', {}, 0, true)
    press(keys, '?', {}, 0, true)
    expect(done).toEqual(['?'])
  })
  it('do not submit again while the key is held down', () => {
    const { keys, done } = registry('Ctrl+Enter')
    press(keys, 'Enter', { ctrlKey: true })
    press(keys, 'Enter', { ctrlKey: true, repeat: true })
    expect(done).toEqual(['Ctrl+Enter'])
  })
})
