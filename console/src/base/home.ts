/** Where a person's work begins, and which pages are his. */
import { kAdministrators, kWorking } from '@/account/roles'

export function mayOpen(pageRoles: readonly string[] | undefined, roles: readonly string[]): boolean {
  return !pageRoles || pageRoles.some((role) => roles.includes(role))
}

export function homeOf(roles: readonly string[]): string {
  if (mayOpen(kWorking, roles)) return '/desk'
  return mayOpen(kAdministrators, roles) ? '/admin' : '/account'
}
