/** Who sits at this console. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { command, forgetPosition, get } from '@/base/api'
import type { Session } from '@/base/contract'
import { Problem } from '@/base/problem'

export const useSession = defineStore('session', () => {
  const session = ref<Session | null>(null)
  const asked = ref(false)
  const permissions = computed(() => new Set(session.value?.permissions ?? []))

  /** Asks the server once whether there is a session; throws only when it cannot be asked. */
  async function ensure(): Promise<Session | null> {
    if (asked.value) return session.value
    try {
      session.value = await get<Session>('/session')
    } catch (thrown) {
      if (!(thrown instanceof Problem) || thrown.status !== 401) throw thrown
      session.value = null
    }
    asked.value = true
    return session.value
  }

  async function signIn(account: string, password: string): Promise<Session> {
    forgetPosition()
    session.value = await command<Session>('/session', { account, password })
    asked.value = true
    return session.value
  }

  async function signOut(): Promise<void> {
    await command('/session', {}, { method: 'DELETE' }).catch(() => {})
    forget()
  }

  function forget(): void {
    session.value = null
    asked.value = true
    forgetPosition()
  }

  function passwordChanged(): void {
    if (session.value) session.value = { ...session.value, must_change_password: false }
  }

  function may(permission: string): boolean {
    return permissions.value.has(permission)
  }

  return { session, permissions, ensure, signIn, signOut, forget, passwordChanged, may }
})
