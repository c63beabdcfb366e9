import Feature, { type FeatureLike } from 'ol/Feature'
import OlMap from 'ol/Map'
import View from 'ol/View'
import { LineString, Point, Polygon, type Geometry } from 'ol/geom'
import { defaults as defaultInteractions } from 'ol/interaction/defaults'
import Draw from 'ol/interaction/Draw'
import Graticule from 'ol/layer/Graticule'
import VectorLayer from 'ol/layer/Vector'
import { Attribution, Zoom } from 'ol/control'
import VectorSource from 'ol/source/Vector'
import { Stroke } from 'ol/style'
import 'ol/ol.css'
import type { Basemap } from './basemap'
import { basemapLayers } from './ground'
import type { CanvasEvents, Drawing, Layer, MapArea, MapPoint } from './contract'
import { kDrawingOptions, drawnOf } from './drawing'
import type { Extent, LngLat } from './geo'
import { cgcs2000 } from './projection'
import { areaStyle, kLabels, kSea, measureStyle, pickedStyle, pointStyle } from './style'
import { shapeOfGrade } from './symbol'
import type { Viewpoint } from './viewpoint'

const kMoveMs = 250
const kMaxZoom = 17
const kCrowd = 400

const toLngLat = ([lng, lat]: number[]): LngLat => ({ lng: lng!, lat: lat! })
const toCoordinate = (p: LngLat) => [p.lng, p.lat]

type Wording = { zoomIn: string; zoomOut: string }

/**
 * The drawn map: the only file that talks to OpenLayers' map, loaded when the first map is shown. It holds no state of
 * the page: what is shown comes in by the setters, what the reader does goes out by the events. Call dispose() when
 * the element goes.
 */
export class MapCanvas {
  private readonly map: OlMap
  private readonly points = new VectorSource<Feature<Point>>()
  private readonly areas = new VectorSource<Feature<Geometry>>()
  private readonly marks = new VectorSource<Feature>()
  private readonly measured = new VectorSource<Feature<LineString>>()
  private readonly layers: Record<Layer, (VectorLayer | Graticule)[]>
  private draw: Draw | null = null
  private selectedId: string | null = null
  private pickable = false
  /** So many points are in the picture that labels would only cover each other. */
  private crowded = false

  constructor(
    private readonly target: HTMLElement,
    view: Viewpoint,
    private readonly events: CanvasEvents,
    wording: Wording,
    graticule: boolean,
    pixelRatio?: number,
  ) {
    const lines = new Graticule({
      strokeStyle: new Stroke({ color: 'rgba(70,82,90,0.28)', width: 1 }),
      showLabels: true,
      wrapX: false,
      visible: graticule,
      zIndex: 8,
    })
    const incidents = new VectorLayer({
      source: this.points,
      declutter: kLabels,
      style: this.stylePoint,
      renderOrder: (a, b) => rankOf(a) - rankOf(b),
      zIndex: 30,
    })
    const areas = new VectorLayer({ source: this.areas, style: this.styleArea, declutter: kLabels, zIndex: 20 })
    const marks = new VectorLayer({ source: this.marks, style: pickedStyle, zIndex: 40 })
    const measure = new VectorLayer({ source: this.measured, style: measureStyle, zIndex: 41 })
    this.layers = { incidents: [incidents], areas: [areas], places: [], graticule: [lines] }
    this.map = new OlMap({
      target,
      pixelRatio,
      keyboardEventTarget: target,
      controls: [
        new Zoom({ zoomInTipLabel: wording.zoomIn, zoomOutTipLabel: wording.zoomOut }),
        new Attribution({ collapsible: false }),
      ],
      interactions: defaultInteractions({ altShiftDragRotate: false, pinchRotate: false }),
      layers: [lines, areas, incidents, marks, measure],
      view: new View({
        projection: cgcs2000(),
        center: toCoordinate(view.center),
        zoom: view.zoom,
        maxZoom: kMaxZoom,
        minZoom: 2,
        enableRotation: false,
      }),
    })
    target.style.background = kSea
    this.listen()
  }

  dispose(): void {
    this.map.setTarget(undefined)
    this.map.dispose()
  }

  setBasemap(basemap: Basemap): void {
    const { ground, places } = basemapLayers(basemap)
    for (const layer of [...ground, ...places]) this.map.addLayer(layer)
    this.layers.places = places
  }

  setPoints(points: MapPoint[]): void {
    const features = points.map((point) => {
      const feature = new Feature({ geometry: new Point(toCoordinate(point.at)), point })
      feature.setId(point.id)
      return feature
    })
    this.points.clear(true)
    this.points.addFeatures(features)
    this.countShown()
  }

  setAreas(areas: MapArea[]): void {
    const features = areas.map((area) => {
      const geometry = area.at ? new Point(toCoordinate(area.at)) : new Polygon(area.rings.map((ring) => ring.map(toCoordinate)))
      const feature = new Feature<Geometry>({ geometry, area })
      feature.setId(area.id)
      return feature
    })
    this.areas.clear(true)
    this.areas.addFeatures(features)
  }

  /** Marks the point and, when it lies outside the picture, moves there. */
  setSelected(id: string | null, follow: boolean): void {
    this.selectedId = id
    this.points.changed()
    this.areas.changed()
    if (!id || !follow) return
    const geometry = (this.points.getFeatureById(id) ?? this.areas.getFeatureById(id))?.getGeometry()
    if (!geometry) return
    const view = this.map.getView()
    const [west, south, east, north] = geometry.getExtent()
    const middle = [(west! + east!) / 2, (south! + north!) / 2]
    if (!this.shownFully(middle)) view.animate({ center: middle, duration: kMoveMs })
  }

  setPicked(at: LngLat | null): void {
    this.marks.clear(true)
    if (at) this.marks.addFeature(new Feature(new Point(toCoordinate(at))))
    else this.marks.changed()
  }

  setPickable(pickable: boolean): void {
    this.pickable = pickable
    this.target.style.cursor = pickable ? 'crosshair' : ''
  }

  setLayer(layer: Layer, visible: boolean): void {
    for (const one of this.layers[layer]) one.setVisible(visible)
  }

  setView(view: Viewpoint): void {
    this.map.getView().animate({ center: toCoordinate(view.center), zoom: view.zoom, duration: kMoveMs })
  }

  view(): Viewpoint {
    const view = this.map.getView()
    return { center: toLngLat(view.getCenter()!), zoom: view.getZoom()! }
  }

  fit(extent: Extent, maxZoom = 12): void {
    this.map.getView().fit(extent, { padding: [72, 48, 48, 48], maxZoom, duration: kMoveMs })
  }

  resize(): void {
    this.map.updateSize()
    this.events.scaled(this.map.getView().getResolution() ?? 0)
  }

  /** The middle of the picture: what Enter picks for a person without a mouse. */
  pickMiddle(): void {
    if (this.pickable) this.events.picked(this.view().center)
  }

  startMeasure(): void {
    this.stopDrawing()
    const draw = new Draw({ source: this.measured, type: 'LineString', style: measureStyle })
    draw.on('drawstart', ({ feature }) => {
      this.measured.clear(true)
      const line = feature.getGeometry() as LineString
      line.on('change', () => this.events.measured(pathOf(line), false))
    })
    draw.on('drawend', ({ feature }) => this.events.measured(pathOf(feature.getGeometry() as LineString), true))
    this.draws(draw)
  }

  /** Goes on until it is stopped: each shape that is finished is told, and none stays on the map by itself. */
  startDrawing(kind: Drawing): void {
    this.stopDrawing()
    const draw = new Draw({ ...kDrawingOptions[kind], style: measureStyle })
    draw.on('drawend', ({ feature }) => this.events.drawn(drawnOf(feature.getGeometry() as Polygon)))
    this.draws(draw)
  }

  private draws(draw: Draw): void {
    this.map.addInteraction(draw)
    this.draw = draw
    this.target.style.cursor = 'crosshair'
  }

  stopDrawing(): void {
    if (this.draw) this.map.removeInteraction(this.draw)
    this.draw = null
    this.measured.clear(true)
    this.measured.changed()
    this.setPickable(this.pickable)
  }

  private readonly stylePoint = (feature: FeatureLike, resolution: number) =>
    pointStyle(feature.getId() === this.selectedId, this.crowded)(feature, resolution)

  private readonly styleArea = (feature: FeatureLike) => areaStyle(feature.getId() === this.selectedId)(feature)

  private listen(): void {
    const view = this.map.getView()
    view.on('change:resolution', () => this.events.scaled(view.getResolution() ?? 0))
    this.map.on('moveend', () => {
      if (!view.getCenter() || !this.map.getSize()) return
      this.countShown()
      this.events.scaled(view.getResolution() ?? 0)
      this.events.moved(this.view(), view.calculateExtent(this.map.getSize()) as Extent)
    })
    this.map.on('pointermove', (event) => {
      this.events.pointed(toLngLat(event.coordinate))
      if (!event.dragging && !this.draw && !this.pickable) {
        this.target.style.cursor = this.hits(event.pixel).length > 0 ? 'pointer' : ''
      }
    })
    this.target.addEventListener('pointerleave', () => this.events.pointed(null))
    this.map.on('singleclick', (event) => this.click(event.pixel, event.coordinate))
    this.map.on('dblclick', (event) => {
      const hit = this.draw || this.pickable ? undefined : this.hits(event.pixel)[0]
      if (!hit) return
      event.stopPropagation()
      this.events.opened(hit)
    })
  }

  private countShown(): void {
    let shown = 0
    const size = this.map.getSize()
    if (!size) return
    this.points.forEachFeatureInExtent(this.map.getView().calculateExtent(size), () => void shown++)
    if (shown > kCrowd === this.crowded) return
    this.crowded = shown > kCrowd
    this.points.changed()
  }

  private click(pixel: number[], coordinate: number[]): void {
    if (this.draw) return
    if (this.pickable) return this.events.picked(toLngLat(coordinate))
    const ids = this.hits(pixel)
    const next = ids[(ids.indexOf(this.selectedId ?? '') + 1) % ids.length]
    this.events.selected(next ?? null)
  }

  /** What lies under a pixel, incidents before areas; a further click takes the next of a heap. */
  private hits(pixel: number[]): string[] {
    const found: { id: string; rank: number }[] = []
    this.map.forEachFeatureAtPixel(
      pixel,
      (feature) => {
        const id = feature.getId()
        if (typeof id === 'string' && !found.some((f) => f.id === id)) found.push({ id, rank: rankOf(feature) })
      },
      { hitTolerance: 5, layerFilter: (l) => this.layers.incidents.includes(l as VectorLayer) || this.layers.areas.includes(l as VectorLayer) },
    )
    return found.sort((a, b) => b.rank - a.rank).map((f) => f.id)
  }

  private shownFully(coordinate: number[]): boolean {
    const size = this.map.getSize()
    const pixel = this.map.getPixelFromCoordinate(coordinate)
    if (!size || !pixel) return false
    const margin = 40
    return pixel[0]! > margin && pixel[1]! > margin && pixel[0]! < size[0]! - margin && pixel[1]! < size[1]! - margin
  }
}

function rankOf(feature: FeatureLike): number {
  const point = feature.get('point') as MapPoint | undefined
  return point ? shapeOfGrade(point.grade).rank : 0
}

function pathOf(line: LineString): LngLat[] {
  return line.getCoordinates().map(toLngLat)
}
