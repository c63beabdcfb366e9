import type { OrganisationRef } from '@/base/contract'
import type { Role } from './roles'

export interface Account {
  name: string
  person: { id: string; name: string }
  organisation: OrganisationRef
  roles: Role[]
  state: 'active' | 'disabled' | 'locked'
  must_change_password: boolean
  last_signed_in_at: string | null
}

export interface ApiKey {
  id: string
  name: string
  organisation: OrganisationRef | string
  issued_at?: string | null
  last_used_at?: string | null
  revoked?: boolean
}

export interface OpenSession {
  id: string
  opened_at: string
  address: string
  current: boolean
}
