import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { useFeed } from '@/base/feed'
import { kRestoredShownMs, kUntoldMs, lineWord, useLineWord, type Gap } from './line_word'

const found = 30_000
const gap = (known: Partial<Gap> = {}): Gap => ({ since: 10_000, found, reach: null, until: null, anew: false, ...known })
const told = found + kUntoldMs

describe('what is told of a break of the live line', () => {
  it('is nothing while the line stands and while the break is short', () => {
    expect(lineWord(null, told)).toBeNull()
    expect(lineWord(gap(), told - 1)).toBeNull()
    expect(lineWord(gap({ reach: 7, until: told - 1 }), told - 1)).toBeNull()
  })

  it('is the break, then that what was missed is being read, then that nothing is missing', () => {
    expect(lineWord(gap(), told)).toBe('broken')
    expect(lineWord(gap({ reach: 7 }), told)).toBe('catching_up')
    expect(lineWord(gap({ reach: 7, until: told }), told)).toBe('restored')
    expect(lineWord(gap({ reach: 7, until: told }), told + kRestoredShownMs - 1)).toBe('restored')
    expect(lineWord(gap({ reach: 7, until: told }), told + kRestoredShownMs)).toBeNull()
  })

  it('stays where the node went on from a backup, however short the break was', () => {
    expect(lineWord(gap({ anew: true }), told)).toBe('broken')
    expect(lineWord(gap({ anew: true, reach: 3, until: found + 1 }), found + 60_000)).toBe('anew')
  })
})

describe('a break of the live line', () => {
  it('is told to begin when the line was last heard of, not when that was noticed', async () => {
    setActivePinia(createPinia())
    const feed = useFeed()
    const scope = effectScope()
    const { gap } = scope.run(useLineWord)!
    feed.state = 'live'
    await nextTick()
    feed.brokenSince = 1_000
    feed.state = 'broken'
    await nextTick()
    expect(gap.value).toMatchObject({ since: 1_000, reach: null })
    expect(gap.value!.found).toBeGreaterThan(1_000)
    scope.stop()
  })
})
