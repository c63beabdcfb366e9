import type { Role } from '@/account/roles'

/** What is administered, and by which of the three administrators (三员分立). */
export interface Section {
  path: string
  /** Key of the title under `administration`. */
  key: string
  roles: readonly Role[]
}

export const kSections: Section[] = [
  { path: '/admin/organisations', key: 'organisations', roles: ['system_admin'] },
  { path: '/admin/people', key: 'people', roles: ['system_admin'] },
  { path: '/admin/accounts', key: 'accounts', roles: ['system_admin', 'security_admin'] },
  { path: '/admin/keys', key: 'keys', roles: ['security_admin'] },
  { path: '/admin/erase', key: 'erase', roles: ['security_admin'] },
  { path: '/admin/audit', key: 'audit', roles: ['audit_admin'] },
]

export function sectionsFor(roles: readonly string[]): Section[] {
  return kSections.filter((section) => section.roles.some((role) => roles.includes(role)))
}
