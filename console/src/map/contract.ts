import type { Extent, LngLat, Ring } from './geo'
import type { Level } from './symbol'
import type { Viewpoint } from './viewpoint'

/** What a page hands to the map; texts come finished in the reader's language. */
export interface MapPoint {
  id: string
  at: LngLat
  /** extra_major | major | larger | ordinary | ungraded */
  grade: string
  /** The grade as a word; it stands beside the symbol. */
  word: string
  title: string
  /** Read from afar: its word stands whatever else it covers. */
  strong?: boolean
  /** The place is only known as its town or its county: drawn with a broken outline. */
  approximate?: boolean
}

export interface MapArea {
  id: string
  rings: Ring[]
  label: string
  level: Level
  /** A whole division, whose outline this map does not have: drawn as a mark at its seat. */
  at?: LngLat
  /** On dark ground, read from afar: filled, with a light edge and its word inside. */
  strong?: boolean
}

/** What a person draws. */
export type Drawing = 'ring' | 'circle'
export type Drawn = { kind: 'ring'; ring: Ring } | { kind: 'circle'; center: LngLat; radius_m: number }

export interface BasemapState {
  /** 'none': only the graticule can be shown. */
  state: 'loading' | 'ready' | 'none'
  /** Sources to be named on the map. */
  attributions: string[]
}

/** What the map tells the page. Called from OpenLayers' events, never while a setter runs. */
export interface CanvasEvents {
  moved(view: Viewpoint, extent: Extent): void
  /** Ground length of a pixel's width in degrees, for the scale bar. */
  scaled(degreesPerPx: number): void
  pointed(at: LngLat | null): void
  selected(id: string | null): void
  opened(id: string): void
  picked(at: LngLat): void
  measured(path: LngLat[], finished: boolean): void
  drawn(shape: Drawn): void
}

export type Layer = 'incidents' | 'areas' | 'places' | 'graticule'
