import Feature from 'ol/Feature'
import { createEmpty, extend } from 'ol/extent'
import GeoJSON from 'ol/format/GeoJSON'
import { Point } from 'ol/geom'
import { fromExtent } from 'ol/geom/Polygon'
import VectorLayer from 'ol/layer/Vector'
import VectorSource from 'ol/source/Vector'
import type Style from 'ol/style/Style'
import type { Basemap, BasemapPlace } from './basemap'
import { coastStyle, kLabels, landStyle, placeStyle, riverStyle, seaStyle } from './style'

function features(data: object | undefined): Feature[] {
  return data ? (new GeoJSON().readFeatures(data) as Feature[]) : []
}

/** Class of the sheet on which the ground is drawn, so that a dark page can darken it and leave what lies on it as it is. */
const kGround = 'map-ground'

/** From further away than this (about 1:4,000,000) the coarse shores serve the whole picture. */
const kNear = 0.03

function layer(content: Feature[], style: Style, zIndex: number, maxResolution?: number): VectorLayer[] {
  if (content.length === 0) return []
  const source = new VectorSource({ features: content, wrapX: false })
  return [new VectorLayer({ source, style, zIndex, maxResolution, className: kGround })]
}

const isCoarse = (feature: Feature) => String(feature.get('kind')).endsWith('_coarse')

/** Sea over the detailed region, so that the coarse shore does not show through beside the true one. */
function sheet(detailed: Feature[]): Feature[] {
  if (detailed.length === 0) return []
  const extent = createEmpty()
  for (const feature of detailed) extend(extent, feature.getGeometry()!.getExtent())
  return [new Feature(fromExtent(extent))]
}

function placeFeature(place: BasemapPlace): Feature<Point> {
  const { name, level, schematic } = place
  return new Feature({ geometry: new Point([place.lng, place.lat]), name, level, schematic })
}

/** The layers of the basemap, from the bottom up; places apart because they can be hidden. */
export function basemapLayers(basemap: Basemap): { ground: VectorLayer[]; places: VectorLayer[] } {
  const land = features(basemap.land)
  const coast = features(basemap.coast)
  const detailed = land.filter((one) => !isCoarse(one))
  const source = new VectorSource({ features: basemap.places.map(placeFeature), wrapX: false })
  return {
    ground: [
      ...layer(land.filter(isCoarse), landStyle, 1),
      ...layer(coast.filter(isCoarse), coastStyle, 2),
      ...layer(sheet(detailed), seaStyle, 3, kNear),
      ...layer(detailed, landStyle, 4, kNear),
      ...layer(features(basemap.rivers), riverStyle, 5, kNear),
      ...layer(
        coast.filter((one) => !isCoarse(one)),
        coastStyle,
        6,
        kNear,
      ),
    ],
    places: [new VectorLayer({ source, style: placeStyle, declutter: kLabels, zIndex: 10, className: kGround })],
  }
}
