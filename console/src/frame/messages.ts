/** What came in over the live line since this console was opened, newest first: the drawer on the right. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { alertOf } from '@/alert/address'
import type { Fact } from '@/base/contract'
import { factKey } from '@/base/fact_types'
import { useFeed } from '@/base/feed'
import { warningOf } from '@/callout/live'
import { i18n } from '@/base/locale'

export interface Message {
  position: number
  at: string
  text: string
  /** Of the incident or the alert, when the fact names it. */
  title: string | null
  actor: string
  incident: string | null
  warning: string | null
  alert: string | null
}

/** What a desk is told as it happens; everything else stands in the incident or in the audit. */
const kNews = [
  'alert.cancelled', 'alert.received', 'alert.refused', 'alert.updated',
  'callout.decided', 'callout.opened', 'callout.unanswered', 'callout.undecided',
  'candidate.offered', 'clock.overdue', 'clock.reminded', 'duty.taken_over', 'incident.closed', 'incident.corrected',
  'incident.claimed', 'incident.figures_stated', 'incident.graded', 'incident.merged', 'incident.offer_accepted',
  'incident.offer_rejected', 'incident.offer_withdrawn', 'incident.offered', 'incident.opened', 'incident.phoned',
  'incident.reopened', 'incident.taken_over', 'instruction.closed', 'instruction.given', 'instruction.progressed', 'receipt.accepted',
  'receipt.received', 'receipt.returned', 'report.drafted', 'report.sent', 'report.signed',
  'warning.cancelled', 'warning.declined', 'warning.drafted', 'warning.expired', 'warning.issued', 'warning.revised',
  'warning.signed',
]
const kKept = 200

export const useMessages = defineStore('messages', () => {
  const items = shallowRef<Message[]>([])

  function add(fact: Fact): void {
    if (!kNews.includes(fact.type)) return
    const { title, message: said } = fact.body as { title?: unknown; message?: { headline?: unknown } }
    const named = title ?? said?.headline
    const message = {
      position: fact.position,
      at: fact.recorded_at,
      text: i18n.global.t(factKey(fact.type)),
      title: typeof named === 'string' ? named : null,
      actor: fact.actor_name,
      incident: fact.incident,
      warning: fact.stream.startsWith('warning/') ? fact.stream.slice('warning/'.length) : warningOf(fact.stream),
      alert: alertOf(fact.stream),
    }
    items.value = [message, ...items.value].slice(0, kKept)
  }

  const feed = useFeed()
  feed.onFact.add(add)
  feed.onRestored.add(() => (items.value = []))
  return { items, add }
})
