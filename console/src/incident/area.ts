/** Rings of an area as the map takes them; the server may write a corner as {lng, lat} or as [lng, lat]. */
import type { Point } from '@/base/contract'

export function ringsOf(area: (Point | [number, number])[][] | null | undefined): Point[][] {
  return (area ?? []).map((ring) => ring.map((corner) => (Array.isArray(corner) ? { lng: corner[0], lat: corner[1] } : corner)))
}
