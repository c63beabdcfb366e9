/** Areas of warnings as the map draws them. */
import { shallowRef, watch, type Ref } from 'vue'
import { get } from '@/base/api'
import type { Division } from '@/base/contract'
import type { MapArea } from '@/map/contract'
import { circleRing } from '@/map/geo'
import type { PlacedDivision } from './draft'
import type { Area, Colour } from './types'

const known = new Map<string, Promise<PlacedDivision>>()

/** A division whose name cannot be had keeps its code. */
export function divisionOf(code: string): Promise<PlacedDivision> {
  let asked = known.get(code)
  if (!asked) {
    asked = get<Division>(`/divisions/${code}`).then(
      ({ name, point }) => ({ code, name, point }),
      () => {
        known.delete(code)
        return { code, name: code, point: null }
      },
    )
    known.set(code, asked)
  }
  return asked
}

export function useDivisions(codes: () => string[]): Ref<PlacedDivision[]> {
  const found = shallowRef<PlacedDivision[]>([])
  watch(
    () => codes().join(),
    async (wanted) => {
      const divisions = await Promise.all(wanted ? wanted.split(',').map(divisionOf) : [])
      if (codes().join() === wanted) found.value = divisions
    },
    { immediate: true },
  )
  return found
}

/** `word`: the colour's, which stands at each part; `whole`: of a division. */
export function mapAreas(
  { rings, circles }: Pick<Area, 'rings' | 'circles'>,
  divisions: PlacedDivision[],
  level: Colour | 'none',
  { id, word, whole }: { id: string; word: string; whole: (name: string) => string },
): MapArea[] {
  const drawn = [...rings, ...circles.map((circle) => circleRing(circle.center, circle.radius_m))]
  return [
    ...drawn.map((ring, i) => ({ id: `${id}/${i}`, rings: [ring], label: word, level })),
    ...divisions.flatMap(({ code, name, point }) =>
      point ? [{ id: `${id}/${code}`, rings: [], at: point, label: [word, whole(name)].filter(Boolean).join(' '), level }] : [],
    ),
  ]
}
