/** Prepared texts as they are looked through: by hazard, the gravest colour first, found by word or pinyin. */
import type { EventType } from '@/base/contract'
import { findTypes } from '@/base/codes'
import { kAreaMark } from './placing'
import { kTexts } from './draft'
import { kColours, type Content, type Template } from './types'

export interface Hazard {
  type: Template['type']
  templates: Template[]
}

/** `types`: kinds by which a hazard is found by its initials or English name; empty: not known yet. */
export function findTemplates(templates: Template[], text: string, types: EventType[]): Template[] {
  const query = text.trim().toLowerCase()
  if (query === '') return templates
  const named = new Set(findTypes(types, query, [], types.length).map(({ code }) => code))
  const says = (one: Template) => [one.type.name, one.type.code, one.standard, one.document, one.clause, ...kTexts.map((name) => one[name])]
  return templates.filter((one) => named.has(one.type.code) || says(one).some((words) => words.toLowerCase().includes(query)))
}

export function byHazard(templates: Template[]): Hazard[] {
  const hazards = new Map<string, Hazard>()
  for (const one of templates) {
    const hazard = hazards.get(one.type.code) ?? { type: one.type, templates: [] }
    hazard.templates.push(one)
    hazards.set(one.type.code, hazard)
  }
  for (const { templates: own } of hazards.values()) own.sort((a, b) => kColours.indexOf(a.colour) - kColours.indexOf(b.colour))
  return [...hazards.values()]
}

/** A text in pieces; null: where the area will stand. */
export function piecesOf(text: string): (string | null)[] {
  return text.split(kAreaMark).flatMap((piece, i) => (i > 0 ? [null, piece] : [piece]))
}

/** What is asked to learn how many sign a colour: the text as it is, for nowhere. */
export function questionOf(template: Template, expires: string): Content {
  return {
    type: template.type.code,
    colour: template.colour,
    headline: template.headline,
    description: template.description,
    instruction: template.instruction,
    area: { description: kAreaMark, divisions: [], rings: [], circles: [] },
    audience: { roles: [], hazards: [], vulnerabilities: [] },
    channels: template.channels,
    expires,
  }
}
