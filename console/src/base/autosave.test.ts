import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, reactive } from 'vue'
import { dropKept, keep, kept, kEveryMs, useAutosave } from './autosave'

const isEmpty = (state: { text: string }) => state.text === ''

/** The timers of the autosave are false, those of the database are true. */
beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }))
afterEach(async () => {
  vi.useRealTimers()
  await dropKept('form')
})

async function settled(): Promise<void> {
  for (let i = 0; i < 20; ++i) await new Promise((resume) => setTimeout(resume, 1))
}

describe('text that is being written', () => {
  it('is kept every two seconds and comes back', async () => {
    const first = effectScope()
    const state = reactive({ text: '' })
    const saved = first.run(() => useAutosave('form', state, isEmpty))!
    await saved.ready
    state.text = 'a leak'
    vi.advanceTimersByTime(kEveryMs)
    await settled()
    expect((await kept<typeof state>('form'))?.value).toEqual({ text: 'a leak' })
    first.stop()

    const later = reactive({ text: '' })
    const again = effectScope().run(() => useAutosave('form', later, isEmpty))!
    await again.ready
    expect(later.text).toBe('a leak')
    expect(again.restored.value).toBe(true)
  })

  it('is as old as when it was written, however often it is put back and whatever the form notes about it', async () => {
    const writtenAt = Date.now() - 3 * 3_600_000
    await keep('form', { text: 'a leak', seen: 0 }, writtenAt)
    for (const seen of [1, 2]) {
      const scope = effectScope()
      const state = reactive({ text: '', seen: 0 })
      const saved = scope.run(() => useAutosave('form', state, isEmpty, undefined, ({ text }) => text))!
      await saved.ready
      state.seen = seen
      await saved.flush()
      expect([saved.savedAt.value, saved.restored.value]).toEqual([writtenAt, true])
      expect(await kept('form')).toEqual({ value: { text: 'a leak', seen }, at: writtenAt })
      scope.stop()
    }
    const scope = effectScope()
    const state = reactive({ text: '', seen: 0 })
    const saved = scope.run(() => useAutosave('form', state, isEmpty, undefined, ({ text }) => text))!
    await saved.ready
    state.text = 'a leak of chlorine'
    await saved.flush()
    expect([saved.savedAt.value, saved.restored.value]).toEqual([Date.now(), false])
    expect((await kept('form'))!.at).toBe(Date.now())
    scope.stop()
  })

  it('is kept at once when the form goes away', async () => {
    const scope = effectScope()
    const state = reactive({ text: '' })
    await scope.run(() => useAutosave('form', state, isEmpty))!.ready
    state.text = 'half a sentence'
    scope.stop()
    await settled()
    expect((await kept<typeof state>('form'))?.value.text).toBe('half a sentence')
  })

  it('does not come back once it was sent or emptied', async () => {
    await keep('form', { text: 'old' }, 1)
    const state = reactive({ text: '' })
    const saved = effectScope().run(() => useAutosave('form', state, isEmpty))!
    await saved.ready
    expect(state.text).toBe('old')
    state.text = ''
    await saved.flush()
    expect(await kept('form')).toBeNull()
    state.text = 'new'
    await saved.flush()
    await saved.clear()
    expect(await kept('form')).toBeNull()
  })

  it('is not overwritten by what was kept when somebody types at once', async () => {
    await keep('form', { text: 'old' }, 1)
    const state = reactive({ text: '' })
    const saved = effectScope().run(() => useAutosave('form', state, isEmpty))!
    state.text = 'typed'
    await saved.ready
    expect(state.text).toBe('typed')
  })
})
