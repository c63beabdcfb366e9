import { describe, expect, it } from 'vitest'
import { Problem } from '@/base/problem'
import type { Content } from '@/warning/types'
import { draftFrom, stillOpen } from './drafting'
import { faultsOf } from './faults'
import { chineseFirst, languageName, others, type Said } from './languages'
import type { AlertDraft } from './types'

const content = {
  type: '11B03', colour: 'blue', headline: '暴雨预警', description: '有暴雨', instruction: '备好的防御指南', channels: ['page'],
  area: { description: '寿光市', divisions: ['370783'], rings: [], circles: [] },
  audience: { roles: [], hazards: [], vulnerabilities: [] }, expires: '2026-07-20T18:00:00Z', candidate: '0a.wf',
} as Content
const parts = { type: null, divisions: [{ code: '370783', name: '寿光市', point: null }], reaches: [] }
const message = { headline: '暴雨预警', description: '有暴雨', instruction: '' }
const made = (missing: AlertDraft['missing']) => draftFrom({ content, missing }, message, parts)

describe('A warning begun from an alert', () => {
  it('bears its texts, its area, its end and its name', () => {
    const draft = made([])
    expect([draft.headline, draft.colour, draft.place, draft.until]).toEqual(['暴雨预警', 'blue', '寿光市', content.expires])
    expect([draft.kept.candidate, draft.of]).toEqual(['0a.wf', 0])
  })
  it('keeps what the alert says, and lets a prepared text be changed', () => {
    expect(made([]).own).toEqual(['headline', 'description'])
  })
  it('has no colour that nobody gave', () => {
    expect(made(['colour']).colour).toBe('')
  })
  it('says what is open until it is filled in', () => {
    const draft = made(['type', 'colour', 'area'])
    expect(stillOpen(['type', 'colour', 'area'], draft, false)).toEqual(['type', 'colour', 'area'])
    expect(stillOpen(['type', 'colour', 'area'], { ...draft, colour: 'red' }, true)).toEqual(['type'])
  })
})

describe('Languages of an alert', () => {
  const said = (language: string, headline: string): Said => ({ language, headline, description: '', instruction: '' })
  const all = [said('en-US', 'Rain'), said('zh-CN', '雨'), said('ko', '비')]
  it('are Chinese first, then as written', () => {
    expect(chineseFirst(all).map(({ language }) => language)).toEqual(['zh-CN', 'en-US', 'ko'])
  })
  it('are without the one that is shown, once', () => {
    expect(others([...all, said('zh-CN', '雨')], { headline: '雨', description: '' }).map(({ headline }) => headline)).toEqual(['Rain', '비', '雨'])
  })
  it('have names, and their code where nobody knows one', () => {
    expect(languageName('en-US', 'en')).toMatch(/English/)
    expect(languageName('not a code', 'en')).toBe('not a code')
  })
})

describe('What is wrong with a message', () => {
  const texts = (zh: string, en: string) => ({ 'zh-CN': { title: '', detail: zh }, en: { title: '', detail: en } })
  it('is told fault by fault in the reader’s language', () => {
    const errors = ['甲', '乙'].map((zh, i) => ({ field: 'sent', code: 'cap.invalid', detail: zh, texts: texts(zh, `fault ${i}`) }))
    const problem = new Problem(422, 'cap.invalid', { errors })
    expect(faultsOf(problem, 'zh-CN')).toEqual(['甲', '乙'])
    expect(faultsOf(problem, 'en')).toEqual(['fault 0', 'fault 1'])
  })
  it('is nothing of that kind where it is told of one alone', () => {
    expect(faultsOf(new Problem(409, 'alert.other_content'), 'en')).toEqual([])
  })
})
