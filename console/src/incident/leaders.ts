/** Who can sign: the leaders of one's own organisation. Instructions are given in their name, and one leads each shift. */
import { get } from '@/base/api'
import type { Items, Person } from '@/base/contract'
import type { Choice } from '@/base/pick'

/** Those who lead, in the order in which they are offered; whoever is chief of the same shift does not also lead it. */
export function whoLead(people: Person[], { first = '', chief = '' } = {}): Person[] {
  const leading = people.filter((person) => person.active && person.leader && person.id !== chief)
  return leading.sort((a, b) => Number(b.id === first) - Number(a.id === first))
}

export async function leaders(organisation: string, onDuty: string | undefined): Promise<Choice<Person>[]> {
  const { items } = await get<Items<Person>>('/people', { organisation }).catch(() => ({ items: [] }))
  return whoLead(items, { first: onDuty }).map((person) => ({
    key: person.id,
    text: `${person.name} · ${person.post}`,
    names: [person.name],
    value: person,
  }))
}
