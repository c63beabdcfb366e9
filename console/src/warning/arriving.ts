/** Texts as they arrive, in the order in which a signer looks at them. */
import { kChannels, type ChannelText } from './types'

const place = ({ kind }: ChannelText) => {
  const at = kChannels.findIndex((one) => one === kind)
  return at < 0 ? kChannels.length : at
}

/** What most people get first; within a kind as the site names its channels. */
export const arrivingFirst = (texts: ChannelText[]) => [...texts].sort((a, b) => place(a) - place(b))

/** As a person counts, and as the codes of short messages do but for what lies beyond the usual plane. */
export const lengthOf = (text: string) => [...text].length
