/**
 * The policy of GB/T 22239-2019 8.1.4.1 as the server applies it by default, shown while typing; the server decides.
 */
export const kMinLength = 10
export const kMinClasses = 3

export interface PasswordHints {
  long: boolean
  mixed: boolean
  /** Does not contain the account's name. */
  apart: boolean
  changed: boolean
}

export function classesOf(password: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length
}

export function hintsFor(account: string, old: string, password: string): PasswordHints {
  return {
    long: [...password].length >= kMinLength,
    mixed: classesOf(password) >= kMinClasses,
    apart: password !== '' && (account === '' || !password.toLowerCase().includes(account.toLowerCase())),
    changed: password !== '' && password !== old,
  }
}

export function acceptable(hints: PasswordHints): boolean {
  return hints.long && hints.mixed && hints.apart && hints.changed
}
