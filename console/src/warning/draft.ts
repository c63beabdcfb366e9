/** A warning that is being written: what is chosen and typed, what is sent, and what is missing. */
import type { Choice } from '@/base/pick'
import type { EventType, Point } from '@/base/contract'
import { date, hourMinute, millis, rfc3339 } from '@/base/time'
import type { Drawn } from '@/map/contract'
import { filled } from './placing'
import { kAudiences, type AudienceName, type Circle, type Colour, type Content, type Reach, type Template } from './types'

export const kTexts = ['headline', 'description', 'instruction'] as const
export type TextName = (typeof kTexts)[number]

export interface PlacedDivision {
  code: string
  name: string
  point: Point | null
}

/** What a person does not see in the form and a revision must not lose. */
type Kept = Pick<Content, 'onset' | 'incident' | 'candidate'> & { model?: string | null }

export interface Draft extends Record<TextName, string> {
  type: Choice<EventType> | null
  colour: Colour | ''
  /** Texts that were written in by hand: a prepared one does not take their place by itself. */
  own: TextName[]
  divisions: PlacedDivision[]
  reaches: Reach[]
  drawn: Drawn[]
  /** What the area is called; empty: as it was chosen. */
  place: string
  /** From now, as typed; empty: `until` stays. */
  hours: string
  until: string | null
  channels: string[]
  /** Day and minute as the browser's own input writes them; empty: at once. */
  onset: string
  /** Words with commas between them; empty: everybody. */
  audience: Record<AudienceName, string>
  standard: string | null
  kept: Kept
  /** The version that is revised; 0: of a new warning. */
  of: number
}

export function emptyDraft(): Draft {
  return {
    type: null,
    colour: '',
    headline: '',
    description: '',
    instruction: '',
    own: [],
    divisions: [],
    reaches: [],
    drawn: [],
    place: '',
    hours: '',
    until: null,
    channels: [],
    onset: '',
    audience: { roles: '', hazards: '', vulnerabilities: '' },
    standard: null,
    kept: {},
    of: 0,
  }
}

export const isSame = (a: Draft, b: Draft) => JSON.stringify(a) === JSON.stringify(b)

export const hasArea = (draft: Draft) => draft.divisions.length + draft.reaches.length + draft.drawn.length > 0

export interface AreaWords {
  and: string
  drawn: string
  none: string
}

/** What people read for the area. */
export function areaName(draft: Draft, words: AreaWords): string {
  if (draft.place.trim()) return draft.place.trim()
  const named = [...draft.divisions, ...draft.reaches].map(({ name }) => name)
  const all = draft.drawn.length > 0 ? [...named, words.drawn] : named
  return all.length > 0 ? all.join(words.and) : words.none
}

/**
 * Takes a prepared text; what was written by hand stays unless `all` is wanted. `kinds`: of channels that lead anywhere,
 * null where that is not known.
 */
export function prepare(draft: Draft, template: Template, kinds: string[] | null = null, all = false): void {
  if (all) draft.own = []
  for (const name of kTexts) if (!draft.own.includes(name)) draft[name] = template[name]
  draft.hours = String(template.hours)
  draft.channels = template.channels.filter((one) => kinds?.includes(one) ?? true)
  draft.standard = template.id
}

const kMostHours = 240

export type FaultName = 'needed' | 'hours_form' | 'channel' | 'onset_late'
export type Faults = Partial<Record<'type' | 'colour' | TextName | 'hours' | 'channels' | 'onset', FaultName>>

export function check(draft: Draft, now: number): Faults {
  const faults: Faults = {}
  if (!draft.type) faults.type = 'needed'
  if (!draft.colour) faults.colour = 'needed'
  for (const name of kTexts) if (draft[name].trim() === '') faults[name] = 'needed'
  if (draft.hours.trim() === '' ? !draft.until : hoursOf(draft) === null) faults.hours = draft.hours.trim() ? 'hours_form' : 'needed'
  if (draft.channels.length === 0) faults.channels = 'channel'
  const [onset, expiry] = [millis(onsetOf(draft)), millis(expiryOf(draft, now))]
  if (onset !== null && expiry !== null && onset >= expiry) faults.onset = 'onset_late'
  return faults
}

const inputOf = (at: string) => `${date(at)}T${hourMinute(at)}`

/** What was not typed anew keeps its seconds. */
function onsetOf({ onset, kept }: Draft): string | undefined {
  if (onset === '') return undefined
  if (kept.onset && onset === inputOf(kept.onset)) return kept.onset
  const at = millis(`${onset}:00+08:00`)
  return at === null ? undefined : rfc3339(at)
}

const kJoined = ', '
const kBetweenWords = /[,，、;；\n]/

export function wordsOf(typed: string): string[] {
  return [...new Set(typed.split(kBetweenWords).map((word) => word.trim()).filter(Boolean))]
}

/** Whole hours; null where nothing of use was typed. */
export function hoursOf({ hours }: Draft): number | null {
  const typed = hours.normalize('NFKC').trim()
  const read = /^\d{1,3}$/.test(typed) ? Number(typed) : 0
  return read > 0 && read <= kMostHours ? read : null
}

/** Until when it is valid if it is saved at `now`; null where that is not known. */
export function expiryOf(draft: Draft, now: number): string | null {
  const hours = hoursOf(draft)
  if (hours !== null) return rfc3339(now + hours * 3_600_000)
  return draft.hours.trim() === '' ? draft.until : null
}

/** What is sent; null as long as kind, colour and time are not chosen. */
export function contentOf(draft: Draft, now: number, words: AreaWords): Content | null {
  const expires = expiryOf(draft, now)
  if (!draft.type || !draft.colour || !expires) return null
  const name = areaName(draft, words)
  const { model, ...kept } = draft.kept
  const rings = draft.drawn.flatMap((shape) => (shape.kind === 'ring' ? [shape.ring] : []))
  const circles: Circle[] = draft.drawn.flatMap((shape) =>
    shape.kind === 'circle' ? [{ center: shape.center, radius_m: shape.radius_m }] : [],
  )
  return known({
    ...known(kept),
    type: draft.type.key,
    colour: draft.colour,
    headline: filled(draft.headline, name).trim(),
    description: filled(draft.description, name).trim(),
    instruction: filled(draft.instruction, name).trim(),
    area: known({
      description: name,
      divisions: draft.divisions.map(({ code }) => code),
      rings: [...draft.reaches.flatMap((reach) => reach.rings), ...rings],
      circles,
      reach: draft.reaches.length === 1 ? draft.reaches[0]!.id : undefined,
      model,
    }),
    channels: draft.channels,
    audience: Object.fromEntries(kAudiences.map((one) => [one, wordsOf(draft.audience[one])])) as Content['audience'],
    onset: onsetOf(draft),
    expires,
    standard: draft.standard,
  })
}

/** Without what is not said: the interface takes no null. */
function known<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one != null)) as T
}

/** Where corners stand the same, however the numbers are written. */
const sameRing = (a: Point[], b: Point[]) =>
  a.length === b.length && a.every((corner, i) => Math.abs(corner.lng - b[i]!.lng) < 1e-6 && Math.abs(corner.lat - b[i]!.lat) < 1e-6)

/** A version as it is revised: rings of a known reach are that reach again. */
export function draftOf(
  { number, content }: { number: number; content: Content },
  { type, divisions, reaches }: { type: Choice<EventType> | null; divisions: PlacedDivision[]; reaches: Reach[] },
): Draft {
  const { area } = content
  const has = (ring: Point[]) => area.rings.some((one) => sameRing(one, ring))
  const chosen = reaches.filter((reach) => reach.rings.length > 0 && reach.rings.every(has))
  const free = area.rings.filter((ring) => !chosen.some((reach) => reach.rings.some((one) => sameRing(one, ring))))
  const draft: Draft = {
    ...emptyDraft(),
    type,
    colour: content.colour,
    headline: content.headline,
    description: content.description,
    instruction: content.instruction,
    own: [...kTexts],
    divisions,
    reaches: chosen,
    drawn: [
      ...free.map((ring) => ({ kind: 'ring' as const, ring })),
      ...area.circles.map((circle) => ({ kind: 'circle' as const, ...circle })),
    ],
    place: area.description,
    until: content.expires,
    channels: [...content.channels],
    onset: content.onset ? inputOf(content.onset) : '',
    audience: Object.fromEntries(kAudiences.map((one) => [one, content.audience[one].join(kJoined)])) as Draft['audience'],
    standard: content.standard ?? null,
    kept: {
      onset: content.onset,
      incident: content.incident,
      candidate: content.candidate,
      model: area.model,
    },
    of: number,
  }
  return draft
}

/** The texts follow the area again where they name it as it was called. */
export function follows(draft: Draft, words: AreaWords): Draft {
  const name = areaName({ ...draft, place: '' }, words)
  if (draft.place !== name && draft.place !== '') return draft
  const marked = Object.fromEntries(kTexts.map((one) => [one, draft[one].replaceAll(name, '{area}')]))
  return { ...draft, ...marked, place: '' }
}
