import { describe, expect, it } from 'vitest'
import { kindsOf } from './kinds'
import type { Channel } from './types'

const channel = (kind: string, drill = false) => ({ name: `${kind}${drill}`, kind, drill }) as Channel

describe('The kinds of channels that a warning can go by', () => {
  const channels = [channel('sms'), channel('sms'), channel('mail'), channel('loudspeaker', true)]
  it('are the page and what the node has, each once', () => {
    expect(kindsOf(channels, false)).toEqual(['page', 'sms', 'mail'])
    expect(kindsOf([], false)).toEqual(['page'])
  })
  it('are never those of the other world', () => {
    expect(kindsOf(channels, true)).toEqual(['page', 'loudspeaker'])
  })
})
