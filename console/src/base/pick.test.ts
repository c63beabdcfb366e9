import { describe, expect, it } from 'vitest'
import { typeChoice } from './codes'
import type { EventType } from './contract'
import { exactChoice } from './pick'

const type = (code: string, name: string, initials: string, name_en: string) =>
  typeChoice({ code, name, initials, name_en } as EventType, 'zh-CN')
const found = [
  type('11A12', '雪崩', 'xb', 'Avalanche'),
  type('12D02', '危险化学品泄漏', 'wxhxpxl', 'Chemical leak'),
  type('11C02', '天然地震', 'dz', 'Earthquake'),
  type('12X09', '倒装', 'dz', 'Other'),
]
const taken = (query: string) => exactChoice(found, query)?.key

describe('what was typed and never chosen', () => {
  it('is taken by its code, its name in either language or its initials', () => {
    expect(['12d02', '１２Ｄ０２', ' 危险化学品泄漏 ', 'chemical leak', 'XB'].map(taken)).toEqual(['12D02', '12D02', '12D02', '12D02', '11A12'])
  })
  it('is nothing where it is a part, or names several', () => {
    expect(['x', '12D', '泄漏', 'dz', ''].map(taken)).toEqual([undefined, undefined, undefined, undefined, undefined])
  })
})
