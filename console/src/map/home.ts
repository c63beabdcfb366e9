import { get } from '@/base/api'
import type { Division, Node } from '@/base/contract'
import type { Viewpoint } from './viewpoint'

/** The middle of the country, shown only while nobody knows where this node is. */
export const kFallbackView: Viewpoint = { center: { lng: 104, lat: 35.5 }, zoom: 4 }

/** How close to look at a division of this level so that it fills the picture. */
const kZoomOfLevel: Record<string, number> = { province: 7, city: 8.8, county: 10.3, town: 12.3, village: 14 }

let home: Promise<Viewpoint> | undefined

async function find(): Promise<Viewpoint> {
  const node = await get<Node>('/node')
  const division = await get<Division>(`/divisions/${node.division}`)
  if (!division.point) return kFallbackView
  return { center: division.point, zoom: kZoomOfLevel[division.level] ?? 9 }
}

/** The node's own division. */
export function homeView(): Promise<Viewpoint> {
  home ??= find().catch(() => {
    home = undefined
    return kFallbackView
  })
  return home
}
