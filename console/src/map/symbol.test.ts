import { describe, expect, it } from 'vitest'
import { levelOfSeverity, shapeOfGrade, symbolPath } from './symbol'

const kGrades = ['extra_major', 'major', 'larger', 'ordinary', 'ungraded']

describe('Map symbols', () => {
  it('differ in shape, so that they are told apart without colour', () => {
    expect(new Set(kGrades.map((g) => symbolPath(shapeOfGrade(g), 10))).size).toBe(kGrades.length)
  })

  it('put the worse on top', () => {
    const ranks = kGrades.map((g) => shapeOfGrade(g).rank)
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a))
  })

  it('show an unknown grade as not graded', () => {
    expect(shapeOfGrade('nonsense')).toBe(shapeOfGrade('ungraded'))
  })

  it('take the four steps of CAP severity as the four warning colours', () => {
    expect(['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown', null].map(levelOfSeverity)).toEqual([
      'red', 'orange', 'yellow', 'blue', 'none', 'none',
    ])
  })
})
