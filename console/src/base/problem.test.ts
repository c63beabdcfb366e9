import { describe, expect, it } from 'vitest'
import { fieldFaults, Problem, problemOf, problemText } from './problem'

const t = (key: string, values?: Record<string, unknown>) => key + (values?.status ? ` ${values.status}` : '')

describe('the text of a problem', () => {
  it('is the one of the server in the language of the reader', () => {
    const texts = { 'zh-CN': { title: '标题', detail: '说明' }, en: { title: 'Title', detail: 'Detail' } }
    const problem = new Problem(422, 'incident.closed', { title: '标题', detail: '说明', texts })
    expect(problemText(problem, 'en', t)).toEqual({ title: 'Title', detail: 'Detail' })
    expect(problemText(problem, 'zh-CN', t)).toEqual({ title: '标题', detail: '说明' })
  })
  it('is what the server chose when it sends one language', () => {
    expect(problemText(new Problem(409, 'x', { title: 'Stale' }), 'en', t)).toEqual({ title: 'Stale', detail: '' })
  })
  it('calls the field as the form does, and writes a moment as people here do', () => {
    const early = { field: 'at', texts: { en: { title: 'Too early', detail: '“at” is more than 30 days at it' } } }
    const labels = (path: string) => (path === 'at' ? 'Time' : '')
    const problem = new Problem(422, 'time.too_early', early)
    expect(problemText(problem, 'en', t, labels).detail).toBe('“Time” is more than 30 days at it')
    expect(problemText(problem, 'en', t).detail).toBe('“at” is more than 30 days at it')
    expect(fieldFaults(problem, 'en', labels)).toEqual({ at: '“Time” is more than 30 days at it' })
    const until = '2026-11-24T06:15:00+00:00'
    const locked = new Problem(422, 'session.locked', { title: '已锁定', detail: `锁定至 ${until}；`, values: { until } })
    expect(problemText(locked, 'zh-CN', t).detail).toBe('锁定至 2026-11-24 14:15；')
  })
  it('is the own one when nothing was said', () => {
    expect(problemText(new Problem(503, 'http.503'), 'en', t).title).toBe('base.problem.503.title')
    expect(problemText(new Problem(502, 'http.502'), 'en', t).title).toBe('base.problem.offline.title')
    expect(problemText(new Problem(0, 'offline'), 'en', t).title).toBe('base.problem.offline.title')
    expect(problemText(new Problem(418, 'http.418'), 'en', t).detail).toBe('base.problem.other.detail 418')
  })
})

describe('the faults of fields', () => {
  it('stand by name, in the language of the reader', () => {
    const problem = new Problem(422, 'body', {
      errors: [
        { field: 'dead', code: 'range', detail: '过大', texts: { en: { title: '', detail: 'Too large' } } },
        { field: 'type', code: 'unknown', detail: '没有' },
      ],
    })
    expect(fieldFaults(problem, 'en')).toEqual({ dead: 'Too large', type: '没有' })
  })
  it('take the single field of a refusal', () => {
    const problem = new Problem(422, 'time.future', { field: 'occurred_at', detail: 'later than now' })
    expect(fieldFaults(problem, 'en')).toEqual({ occurred_at: 'later than now' })
  })
})

describe('a failure', () => {
  it('is worth trying again only when it passes by itself', () => {
    expect(new Problem(503, 'busy').passing).toBe(true)
    expect(problemOf(new TypeError('failed to fetch')).passing).toBe(true)
    expect(problemOf(new DOMException('late', 'TimeoutError')).code).toBe('timeout')
    expect(new Problem(422, 'rule').passing).toBe(false)
    expect(new Problem(409, 'version.stale').passing).toBe(false)
  })
})
