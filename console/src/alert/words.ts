/** What is said of an alert in the reader's language. */
import type { Alert, Message, Offence } from './types'

type Say = (key: string, values?: Record<string, unknown>) => string
type Knows = (key: string) => boolean

/** The word of a table where it has one, else the word as it came. */
const worded = (key: string, word: string, t: Say, te: Knows) => (te(`${key}.${word}`) ? t(`${key}.${word}`) : word)

/** CAP 1.2, 3.2.2; '' where none is said. */
export const severityWord = (severity: string | null | undefined, t: Say, te: Knows) =>
  severity ? worded('desk.severity', severity, t, te) : ''

/** By which way it came, as the node's configuration names it. */
export const wayWord = (source: string, t: Say, te: Knows) => worded('alert.way', source, t, te)

/** Who warns: by name, or by what it calls itself in its messages. */
export const senderOf = (message: Message) => message.sender_name || message.sender

export const titleOf = ({ message }: Alert, t: Say) => message?.headline || message?.event || t('alert.unnamed')

/** What a refused message says of itself. Its headline only where nothing was taken in: a forger's words beside a real
 * alert would be read as the alert's. */
export const claimOf = ({ message }: Alert, { sender, identifier, headline }: Offence, t: Say) =>
  message || headline === '' ? t('alert.claims', { sender, identifier }) : t('alert.claims_headline', { sender, identifier, headline })

/** What a desk must be told of it beside what it says; keys under `alert.offence`, each once. */
export const offencesOf = ({ offences }: Alert) => [...new Set(offences.map(({ offence }) => offence))]
