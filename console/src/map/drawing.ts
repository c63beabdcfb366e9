/** Shapes that a person draws on the map, as areas of warnings take them. */
import { Polygon, type SimpleGeometry } from 'ol/geom'
import type { Options } from 'ol/interaction/Draw'
import type { Drawing, Drawn } from './contract'
import { circleRing, distanceM, roundedPoint, type LngLat } from './geo'

const toLngLat = ([lng, lat]: number[]): LngLat => ({ lng: lng!, lat: lat! })

/** From the middle to the pointer; in a view in degrees OpenLayers' own circle would be none on the ground. */
function aroundFirst(coordinates: unknown, geometry?: SimpleGeometry): SimpleGeometry {
  const [first, last] = coordinates as number[][]
  const center = toLngLat(first!)
  const radius_m = distanceM(center, toLngLat(last!))
  const polygon = (geometry as Polygon | undefined) ?? new Polygon([])
  polygon.setCoordinates([circleRing(center, radius_m).map(({ lng, lat }) => [lng, lat])])
  polygon.set('circle', { center, radius_m }, true)
  return polygon
}

export const kDrawingOptions: Record<Drawing, Options> = {
  ring: { type: 'Polygon' },
  circle: { type: 'Circle', geometryFunction: aroundFirst },
}

export function drawnOf(polygon: Polygon): Drawn {
  const circle = polygon.get('circle') as { center: LngLat; radius_m: number } | undefined
  if (circle) return { kind: 'circle', center: roundedPoint(circle.center), radius_m: Math.round(circle.radius_m) }
  return { kind: 'ring', ring: polygon.getCoordinates()[0]!.map((corner) => roundedPoint(toLngLat(corner))) }
}
