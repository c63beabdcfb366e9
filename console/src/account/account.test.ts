import { describe, expect, it } from 'vitest'
import { acceptable, classesOf, hintsFor } from './password'
import { blocked, compatible, isAdministrator, kRoles } from './roles'

describe('The three administrators', () => {
  it('exclude each other and every other role', () => {
    for (const a of kRoles) {
      for (const b of kRoles.filter((r) => r !== a)) {
        expect(compatible([a, b]), `${a} + ${b}`).toBe(!isAdministrator(a) && !isAdministrator(b))
      }
    }
  })

  it('may stand alone', () => {
    expect(compatible(['audit_admin'])).toBe(true)
    expect(compatible([])).toBe(true)
  })

  it('block what would not go together, and never what is already ticked', () => {
    expect(blocked('leader', ['system_admin'])).toBe(true)
    expect(blocked('system_admin', ['system_admin'])).toBe(false)
    expect(blocked('leader', ['duty_officer'])).toBe(false)
    expect(blocked('audit_admin', ['duty_officer'])).toBe(true)
  })
})

describe('A new password', () => {
  it('needs length, three kinds of character, not the account, and to be new', () => {
    expect(acceptable(hintsFor('wang', 'old', 'Weir-2026-mi'))).toBe(true)
    expect(hintsFor('wang', 'old', 'Mi-9').long).toBe(false)
    expect(hintsFor('wang', 'old', 'weirweirweir').mixed).toBe(false)
    expect(hintsFor('wang', 'old', 'WANG-2026-xx').apart).toBe(false)
    expect(hintsFor('wang', 'Weir-2026-mi', 'Weir-2026-mi').changed).toBe(false)
  })

  it('fulfils nothing while it is empty', () => {
    expect(hintsFor('wang', '', '')).toEqual({ long: false, mixed: false, apart: false, changed: false })
  })

  it('counts Chinese characters and signs as one kind', () => {
    expect(classesOf('弥河-!')).toBe(1)
    expect(classesOf('aA1弥')).toBe(4)
  })
})
