export type OrganisationLevel = 'province' | 'city' | 'county' | 'town'

export interface Organisation {
  id: string
  name: string
  short: string
  level: OrganisationLevel
  division: string
  division_name: string
  superior: string | null
  phone: string | null
  external: boolean
  active: boolean
}
