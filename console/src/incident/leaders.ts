/** In whose name an instruction may be given: the leaders of one's own organisation, the one on duty first. */
import { get } from '@/base/api'
import type { Items, Person } from '@/base/contract'
import type { Choice } from '@/base/PickList.vue'

/** Who leads, in the order in which they are offered; everybody where the organisation has no leader yet. */
export function inOrder(people: Person[], onDuty: string | undefined): Person[] {
  const active = people.filter((person) => person.active)
  const leading = active.filter((person) => person.leader || person.id === onDuty)
  const first = (person: Person) => Number(person.id !== onDuty)
  return (leading.length > 0 ? leading : active).sort((a, b) => first(a) - first(b))
}

export async function leaders(organisation: string, onDuty: string | undefined): Promise<Choice<Person>[]> {
  const { items } = await get<Items<Person>>('/people', { organisation }).catch(() => ({ items: [] }))
  return inOrder(items, onDuty).map((person) => ({ key: person.id, text: `${person.name} · ${person.post}`, value: person }))
}
