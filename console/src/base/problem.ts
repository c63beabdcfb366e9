/**
 * A refusal or a failure, as a person can read it. The server's problem documents (RFC 9457) carry their texts in every
 * language of the console; what never reached a server gets its text from the console's own locale files.
 */
import { fullTime } from './time'

export type Texts = Record<string, { title: string; detail: string }>

export interface FieldFault {
  field: string
  code: string
  detail: string
  texts?: Texts
}

export interface ProblemBody {
  title?: string
  status?: number
  detail?: string
  code?: string
  field?: string
  values?: Record<string, unknown>
  texts?: Texts
  errors?: FieldFault[]
}

export class Problem extends Error {
  readonly status: number
  /** `offline`, `timeout` and `unreadable` are the console's own codes. */
  readonly code: string
  readonly body: ProblemBody

  constructor(status: number, code: string, body: ProblemBody = {}) {
    super(`${status} ${code}`)
    this.status = status
    this.code = code
    this.body = body
  }

  /** Worth sending again unchanged, under the same key. */
  get passing(): boolean {
    return this.code === 'offline' || this.code === 'timeout' || [429, 502, 503, 504].includes(this.status)
  }
}

export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown
  if (thrown instanceof DOMException && thrown.name === 'TimeoutError') return new Problem(0, 'timeout')
  if (thrown instanceof TypeError) return new Problem(0, 'offline')
  return new Problem(0, 'unreadable', { detail: String(thrown) })
}

/** What the reader calls a field of the interface; '' where that is not known. */
export type LabelOf = (path: string) => string

const kMoment = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/

/** The server names a field in quotation marks, in either language, and writes moments as it writes all of them. */
function readable(text: string, { field, values = {} }: Pick<ProblemBody, 'field' | 'values'>, label: LabelOf): string {
  const called = field ? label(field) : ''
  const named = called ? text.replaceAll(`“${field}”`, `“${called}”`) : text
  const moments = Object.values(values).filter((value): value is string => typeof value === 'string' && kMoment.test(value))
  return moments.reduce((read, moment) => read.replaceAll(moment, fullTime(moment)), named)
}

type Translate = (key: string, values?: Record<string, unknown>) => string

/** Title and detail in `locale`; never empty. `t` answers the keys under `base.problem`. */
export function problemText(problem: Problem, locale: string, t: Translate, label: LabelOf = () => ''): { title: string; detail: string } {
  const { title, detail, texts } = problem.body
  const own = texts?.[locale]
  const said = own?.title ? own : { title: title ?? '', detail }
  if (said.title) return { title: said.title, detail: readable(said.detail ?? '', problem.body, label) }
  const local = ['offline', 'timeout', 'unreadable'].includes(problem.code)
    ? problem.code
    : // A proxy in between that does not reach the server.
      [502, 504].includes(problem.status)
      ? 'offline'
      : [401, 403, 404, 409, 413, 422, 429, 503].includes(problem.status)
      ? String(problem.status)
      : 'other'
  return {
    title: t(`base.problem.${local}.title`),
    detail: t(`base.problem.${local}.detail`, { status: problem.status }),
  }
}

/** Faults by the path of their field; a fault without a field stands under ''. */
export function fieldFaults(problem: Problem, locale: string, label: LabelOf = () => ''): Record<string, string> {
  const faults: Record<string, string> = {}
  for (const fault of problem.body.errors ?? []) {
    faults[fault.field ?? ''] ??= readable(fault.texts?.[locale]?.detail || fault.detail, fault, label)
  }
  const { field, texts, detail } = problem.body
  if (field && !faults[field]) {
    faults[field] = readable(texts?.[locale]?.detail || detail || problem.body.title || problem.code, problem.body, label)
  }
  return faults
}
