/** Longitude and latitude in degrees, CGCS2000 (EPSG:4490). */
export interface LngLat {
  lng: number
  lat: number
}

export type Ring = LngLat[]

/** Degrees: west, south, east, north. */
export type Extent = [number, number, number, number]

/** Mean radius of the CGCS2000 ellipsoid in metres. */
const kEarthRadiusM = 6371008.77

const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Length of the great circle in metres; at most 0.3 % off the ellipsoid at our latitudes. */
export function distanceM(a: LngLat, b: LngLat): number {
  const dLat = radians(b.lat - a.lat)
  const dLng = radians(b.lng - a.lng)
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLng / 2) ** 2
  return 2 * kEarthRadiusM * Math.asin(Math.min(1, Math.sqrt(h)))
}

export function pathLengthM(path: LngLat[]): number {
  let sum = 0
  for (let i = 1; i < path.length; i++) sum += distanceM(path[i - 1]!, path[i]!)
  return sum
}

/** About ten centimetres; more digits would only pretend. */
export function roundedPoint({ lng, lat }: LngLat): LngLat {
  return { lng: Math.round(lng * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 }
}

const kCircleCorners = 64

/** The circle on the ground as a closed ring. */
export function circleRing(center: LngLat, radiusM: number): Ring {
  const lat = (radiusM / kEarthRadiusM) * (180 / Math.PI)
  const lng = lat / Math.cos(radians(center.lat))
  const corner = (i: number) => (2 * Math.PI * (i % kCircleCorners)) / kCircleCorners
  return Array.from({ length: kCircleCorners + 1 }, (_, i) => ({
    lng: center.lng + lng * Math.cos(corner(i)),
    lat: center.lat + lat * Math.sin(corner(i)),
  }))
}

/** 850 m, 3.42 km, 128 km: three figures, never more than an eye needs. */
export function formatDistance(metres: number): string {
  if (metres < 999.5) return `${Math.round(metres)} m`
  const km = metres / 1000
  return `${km < 999.5 ? Number(km.toPrecision(3)) : Math.round(km)} km`
}

/** Five decimals are about one metre. */
export function formatDegrees(point: LngLat): string {
  return `${point.lng.toFixed(5)}, ${point.lat.toFixed(5)}`
}

function sexagesimal(value: number, width: number): string {
  const seconds = Math.round(Math.abs(value) * 3600)
  const d = Math.floor(seconds / 3600)
  const m = Math.floor((seconds % 3600) / 60)
  const s = seconds % 60
  const two = (n: number) => String(n).padStart(2, '0')
  return `${String(d).padStart(width, '0')}°${two(m)}′${two(s)}″`
}

/** 119°06′12″E 36°42′30″N, as it is read out on the radio. */
export function formatSexagesimal(point: LngLat): string {
  const east = point.lng < 0 ? 'W' : 'E'
  const north = point.lat < 0 ? 'S' : 'N'
  return `${sexagesimal(point.lng, 3)}${east} ${sexagesimal(point.lat, 2)}${north}`
}

export interface ScaleBar {
  metres: number
  widthPx: number
}

/**
 * A bar of 1, 2 or 5 × 10ⁿ metres not wider than maxPx.
 * In a view in degrees a pixel is shorter west to east than north to south, so the bar is true along its own
 * direction (west to east) at the latitude of the centre.
 */
export function scaleBar(degreesPerPx: number, lat: number, maxPx: number): ScaleBar {
  const metresPerPx = distanceM({ lng: 0, lat }, { lng: degreesPerPx, lat })
  const limit = metresPerPx * maxPx
  if (!(limit > 0)) return { metres: 0, widthPx: 0 }
  const power = 10 ** Math.floor(Math.log10(limit))
  const step = [5, 2, 1].find((n) => n * power <= limit) ?? 1
  const metres = step * power
  return { metres, widthPx: Math.round(metres / metresPerPx) }
}

export function inExtent(point: LngLat, [west, south, east, north]: Extent): boolean {
  return point.lng >= west && point.lng <= east && point.lat >= south && point.lat <= north
}

/** The smallest extent around the points; null when there is none. */
export function extentOf(points: LngLat[]): Extent | null {
  if (points.length === 0) return null
  const lngs = points.map((p) => p.lng)
  const lats = points.map((p) => p.lat)
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
}

/** The vertex mean of the outer ring: good enough to hang a label on or to centre the view. */
export function middleOf(rings: Ring[]): LngLat | null {
  const extent = extentOf(rings.flat())
  return extent && { lng: (extent[0] + extent[2]) / 2, lat: (extent[1] + extent[3]) / 2 }
}

/**
 * What a person pastes: "119.1,36.7", "119.1 36.7", also the other way round ("36.7, 119.1"), which is plain in
 * China because no latitude there exceeds 54 and no longitude is below 73. Null when it is no place in China.
 */
export function parseLngLat(text: string): LngLat | null {
  const match = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text)
  if (!match) return null
  const a = Number(match[1])
  const b = Number(match[2])
  const point = a >= b ? { lng: a, lat: b } : { lng: b, lat: a }
  return inExtent(point, [73, 3, 136, 54]) ? point : null
}
