export const kRoles = [
  'duty_officer',
  'leader',
  'liaison',
  'county_officer',
  'town_officer',
  'system_admin',
  'security_admin',
  'audit_admin',
] as const
export type Role = (typeof kRoles)[number]

export const kAdministrators: readonly Role[] = ['system_admin', 'security_admin', 'audit_admin']

/** Those who work on incidents. */
export const kWorking: readonly Role[] = kRoles.filter((role) => !kAdministrators.includes(role))

export const isAdministrator = (role: Role) => kAdministrators.includes(role)

/**
 * The three administrators are three people (三员分立, GB/T 22239-2019 level 3): each excludes the two others and every
 * role that works on incidents.
 */
export function compatible(roles: readonly Role[]): boolean {
  return roles.length <= 1 || !roles.some(isAdministrator)
}

/** Whether a role can no longer be ticked beside those that are. */
export function blocked(role: Role, chosen: readonly Role[]): boolean {
  return !chosen.includes(role) && !compatible([...chosen, role])
}
