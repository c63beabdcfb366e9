import { kBase } from '@/base/api'

/**
 * The built-in offline layer: land, coast, rivers and names of places, as static files of the node. Fetched once a
 * page load and shared by all maps; a node without them still has the graticule.
 */
export interface BasemapPlace {
  code: string
  name: string
  /** county | town */
  level: string
  lng: number
  lat: number
  /** The true point is not known: it stands near the county's seat. */
  schematic: boolean
}

/**
 * `kind` of a feature: `land`, `coast` and `river` of the detailed region; `land_coarse` and `coast_coarse` of everything
 * around it, to be seen from afar.
 */
export interface Basemap {
  /** GeoJSON in degrees. */
  land?: object
  coast?: object
  rivers?: object
  places: BasemapPlace[]
  attributions: string[]
}

const kFolder = `${kBase}/basemap`

async function file<T>(name: string): Promise<T | undefined> {
  try {
    const answer = await fetch(`${kFolder}/${name}`)
    return answer.ok ? ((await answer.json()) as T) : undefined
  } catch {
    return undefined
  }
}

interface PlacesFile {
  places: BasemapPlace[]
  attribution?: string[]
}

const kShores = 'GSHHG (LGPL)'

async function load(): Promise<Basemap | null> {
  const [land, coast, rivers, places] = await Promise.all([
    file<object>('land.json'),
    file<object>('coast.json'),
    file<object>('rivers.json'),
    file<PlacesFile>('places.json'),
  ])
  if (!land && !coast && !places) return null
  return {
    land,
    coast,
    rivers,
    places: places?.places ?? [],
    attributions: [...(land || coast ? [kShores] : []), ...(places?.attribution ?? [])],
  }
}

let loading: Promise<Basemap | null> | undefined

export function loadBasemap(): Promise<Basemap | null> {
  loading ??= load().then((basemap) => {
    if (!basemap) loading = undefined
    return basemap
  })
  return loading
}
