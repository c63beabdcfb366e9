import { describe, expect, it } from 'vitest'
import { kRestoredShownMs, kUntoldMs, lineWord, type Gap } from './line_word'

const gap = (known: Partial<Gap> = {}): Gap => ({ since: 1_000, reach: null, until: null, anew: false, ...known })
const since = 1_000
const told = since + kUntoldMs

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
    expect(lineWord(gap({ anew: true, reach: 3, until: since + 1 }), since + 60_000)).toBe('anew')
  })
})
