import { describe, expect, it } from 'vitest'
import { findTypes } from './codes'
import type { EventType } from './contract'

function type(code: string, name: string, initials: string, name_en: string): EventType {
  return { code, name, initials, name_en, parent: null, category: 'x' }
}
const types = [
  type('12D00', '危险化学品事故', 'wxhxpsg', 'Hazardous chemicals'),
  type('12D02', '危险化学品泄漏', 'wxhxpxl', 'Hazardous chemicals leak'),
  type('11D01', '滑坡', 'hp', 'Landslide'),
  type('11A06', '山洪', 'sh', 'Flash flood'),
  type('11A01', '洪水', 'hs', 'Flood'),
]
const codes = (query: string, usual: string[] = []) => findTypes(types, query, usual).map((found) => found.code)

describe('types of event', () => {
  it('are found by initials, the exact one first', () => {
    expect(codes('hp')[0]).toBe('11D01')
    expect(codes('wxhxp')).toEqual(['12D02', '12D00'])
  })
  it('are found by characters, code and English words', () => {
    expect(codes('泄漏')).toEqual(['12D02'])
    expect(codes('11a')).toEqual(['11A06', '11A01'])
    expect(codes('flood')).toEqual(['11A01', '11A06'])
  })
  it('are found by the abbreviation that people say', () => {
    expect(codes('whpxl')).toEqual(['12D02'])
    expect(codes('危化品泄漏')).toEqual(['12D02'])
  })
  it('are those used lately before anything is typed, and come first among equals', () => {
    expect(codes('')).toEqual([])
    expect(codes('', ['11A01', '11D01'])).toEqual(['11A01', '11D01'])
    expect(codes('wxhxp', ['12D00'])[0]).toBe('12D00')
  })
})
