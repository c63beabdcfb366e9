import Feature from 'ol/Feature'
import GeoJSON from 'ol/format/GeoJSON'
import TopoJSON from 'ol/format/TopoJSON'
import { Point } from 'ol/geom'
import VectorLayer from 'ol/layer/Vector'
import VectorSource from 'ol/source/Vector'
import type Style from 'ol/style/Style'
import type { Basemap, BasemapPlace } from './basemap'
import { coastStyle, landStyle, placeStyle, riverStyle } from './style'

function features(data: object): Feature[] {
  const format = (data as { type?: string }).type === 'Topology' ? new TopoJSON() : new GeoJSON()
  return format.readFeatures(data) as Feature[]
}

function ground(data: object | undefined, style: Style, zIndex: number): VectorLayer[] {
  if (!data) return []
  return [new VectorLayer({ source: new VectorSource({ features: features(data), wrapX: false }), style, zIndex })]
}

function placeFeature(place: BasemapPlace): Feature<Point> {
  const { name, level, schematic } = place
  return new Feature({ geometry: new Point([place.lng, place.lat]), name, level, schematic })
}

/** The layers of the basemap, from the bottom up; places apart because they can be hidden. */
export function basemapLayers(basemap: Basemap): { ground: VectorLayer[]; places: VectorLayer[] } {
  const source = new VectorSource({ features: basemap.places.map(placeFeature), wrapX: false })
  return {
    ground: [
      ...ground(basemap.land, landStyle, 1),
      ...ground(basemap.coast, coastStyle, 2),
      ...ground(basemap.rivers, riverStyle, 3),
    ],
    places: [new VectorLayer({ source, style: placeStyle, declutter: 'places', zIndex: 10 })],
  }
}
