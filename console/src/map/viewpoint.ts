import type { LngLat } from './geo'

/** Where the map looks: part of the address, so that a link shows the same picture to a colleague. */
export interface Viewpoint {
  center: LngLat
  zoom: number
}

type Query = Record<string, unknown>

const kMinZoom = 2
const kMaxZoom = 19

/** `c=119.10000,36.70000&z=9.5`; null when the address names no valid place. */
export function viewpointFromQuery(query: Query): Viewpoint | null {
  const parts = String(query.c ?? '').split(',')
  const [lng, lat] = parts.map(Number)
  const zoom = Number(query.z)
  if (parts.length !== 2 || parts.includes('') || !Number.isFinite(lng) || !Number.isFinite(lat)) return null
  if (!Number.isFinite(zoom) || zoom < kMinZoom || zoom > kMaxZoom) return null
  if (Math.abs(lng!) > 180 || Math.abs(lat!) > 90) return null
  return { center: { lng: lng!, lat: lat! }, zoom }
}

export function viewpointToQuery(view: Viewpoint): { c: string; z: string } {
  return {
    c: `${view.center.lng.toFixed(5)},${view.center.lat.toFixed(5)}`,
    z: String(Math.round(view.zoom * 100) / 100),
  }
}
