import { describe, expect, it } from 'vitest'
import { arrivingFirst, lengthOf } from './arriving'
import type { ChannelText } from './types'

const of = (kind: string, channel = kind): ChannelText => ({ kind, channels: [channel], subject: null, text: 'x', parts: null })

describe('Texts as they arrive', () => {
  it('begin with the short message, whatever the site has configured first, and keep its order within a kind', () => {
    const texts = [of('loudspeaker'), of('group', 'b'), of('group', 'a'), of('pigeon'), of('mail'), of('sms')]
    expect(arrivingFirst(texts).map(({ channels }) => channels[0])).toEqual(['sms', 'mail', 'b', 'a', 'loudspeaker', 'pigeon'])
    expect(texts[0]!.kind).toBe('loudspeaker')
  })
  it('are counted as people count', () => {
    expect(lengthOf('撤离。')).toBe(3)
    expect(lengthOf('𠮷野')).toBe(2)
  })
})
