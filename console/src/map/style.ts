import type { FeatureLike } from 'ol/Feature'
import { Circle as CircleStyle, Fill, RegularShape, Stroke, Style, Text } from 'ol/style'
import type ImageStyle from 'ol/style/Image'
import type { MapArea, MapPoint } from './contract'
import { areaFill, kLevelFill, shapeOfGrade, type SymbolShape } from './symbol'

const kFont = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", system-ui, sans-serif'
const kInk = '#1b2226'
const kHalo = 'rgba(255,255,255,0.92)'

type Placing = { offsetX?: number; offsetY?: number; textAlign?: CanvasTextAlign; declutterMode?: 'declutter' | 'obstacle' | 'none' }

function halo(text: string | undefined, size: number, weight: number, color = kInk, placing: Placing = {}): Text {
  return new Text({
    ...placing,
    text,
    font: `${weight} ${size}px ${kFont}`,
    fill: new Fill({ color }),
    stroke: new Stroke({ color: kHalo, width: 3 }),
  })
}

function image(shape: SymbolShape, approximate: boolean, selected: boolean, declutterMode: 'obstacle' | 'none'): ImageStyle {
  const look = {
    fill: new Fill({ color: shape.fill }),
    stroke: new Stroke({
      color: shape.outline,
      width: selected ? 2.5 : 1.75,
      lineDash: approximate ? [3, 2] : undefined,
    }),
    declutterMode,
  }
  if (shape.corners === 0) return new CircleStyle({ ...look, radius: shape.radius })
  return new RegularShape({ ...look, points: shape.corners, radius: shape.radius, angle: shape.turn })
}

const kImages = new Map<string, ImageStyle>()

/** Images are drawn once a shape, so ten thousand points cost one sprite each kind. */
function imageOf(point: MapPoint, selected: boolean, crowded: boolean): ImageStyle {
  const key = `${point.grade}/${point.approximate ?? false}/${selected}/${crowded}`
  let found = kImages.get(key)
  if (!found) {
    found = image(shapeOfGrade(point.grade), point.approximate ?? false, selected, crowded ? 'none' : 'obstacle')
    kImages.set(key, found)
  }
  return found
}

const kBare = new Map<ImageStyle, Style[]>()

/** In a crowd only the shapes stand, and all points of a kind share one style. */
function bareStyle(point: MapPoint): Style[] {
  const sprite = imageOf(point, false, true)
  let found = kBare.get(sprite)
  if (!found) kBare.set(sprite, (found = [new Style({ image: sprite, zIndex: shapeOfGrade(point.grade).rank })]))
  return found
}

const kSelectionRing = new CircleStyle({
  radius: 18,
  stroke: new Stroke({ color: kInk, width: 2.5 }),
  fill: new Fill({ color: 'rgba(255,255,255,0.55)' }),
  declutterMode: 'none',
})

const shorten = (text: string, max: number) => (text.length > max ? `${text.slice(0, max - 1)}…` : text)

/** Below this many degrees a pixel (about 1:1,000,000) there is room for titles. */
const kTitleResolution = 0.006

/** Word and title give way where labels would collide; the shape never does. */
export function pointStyle(selected: boolean, crowded: boolean) {
  return (feature: FeatureLike, resolution: number): Style[] => {
    const point = feature.get('point') as MapPoint
    if (crowded && !selected) return bareStyle(point)
    const rank = shapeOfGrade(point.grade).rank
    const zIndex = selected ? 100 : rank
    const declutterMode = point.strong ? 'none' : selected ? 'obstacle' : 'declutter'
    const word = halo(point.word, 12, 600, kInk, { offsetY: selected ? 27 : 21, declutterMode })
    const styles = [new Style({ image: imageOf(point, selected, false), text: word, zIndex })]
    if (selected) styles.unshift(new Style({ image: kSelectionRing, zIndex: zIndex - 1 }))
    if (selected || resolution < kTitleResolution) {
      const placing: Placing = { offsetX: selected ? 23 : 16, textAlign: 'left', declutterMode }
      const title = halo(shorten(point.title, 18), 12, selected ? 600 : 400, kInk, placing)
      styles.push(new Style({ text: title, zIndex }))
    }
    return styles
  }
}

const kStrong = 'd0'

/** A wide ring around the seat: all that belongs to it. */
function wholeDivision({ level, strong }: MapArea): CircleStyle {
  return new CircleStyle({
    radius: strong ? 17 : 14,
    fill: new Fill({ color: kLevelFill[level] + (strong ? kStrong : '29') }),
    stroke: new Stroke({ color: strong ? kHalo : kInk, width: 2, lineDash: [6, 3] }),
    declutterMode: 'obstacle',
  })
}

/** Inside its mark or its ring, and never left out: a colour does not stand without its word. */
function firmLabel({ label, level }: MapArea): Text {
  const dark = level === 'orange' || level === 'yellow'
  const edge = new Stroke({ color: kLevelFill[level], width: 3 })
  return new Text({ text: label, font: `600 13px ${kFont}`, fill: new Fill({ color: dark ? kInk : '#fff' }), stroke: edge, declutterMode: 'none' })
}

/** Level colour inside a dark line, so that the edge is seen on any ground; the label bears the word. */
export function areaStyle(selected: boolean) {
  return (feature: FeatureLike): Style[] => {
    const area = feature.get('area') as MapArea
    const label = area.strong ? firmLabel(area) : halo(area.label, 13, 600, kInk, area.at ? { offsetY: 26 } : {})
    label.setOverflow(true)
    if (area.at) return [new Style({ image: wholeDivision(area), text: label, zIndex: 1 })]
    return [
      new Style({ stroke: new Stroke({ color: area.strong ? kHalo : kInk, width: selected ? 5 : 3.5 }), zIndex: 0 }),
      new Style({
        fill: new Fill({ color: area.strong ? kLevelFill[area.level] + '80' : areaFill(area.level) }),
        stroke: new Stroke({ color: kLevelFill[area.level], width: selected ? 3 : 2, lineDash: [10, 5] }),
        text: label,
        zIndex: 1,
      }),
    ]
  }
}

export const kSea = '#e4e9ea'
const kLand = new Fill({ color: '#fbfaf7' })
const kCoast = new Stroke({ color: '#93a0a4', width: 1 })

export const seaStyle = new Style({ fill: new Fill({ color: kSea }) })
export const landStyle = new Style({ fill: kLand })
export const coastStyle = new Style({ stroke: kCoast })
export const riverStyle = new Style({ stroke: new Stroke({ color: '#a3b3b8', width: 1.25 }) })

/** Labels of all layers keep clear of each other; those of upper layers come first. */
export const kLabels = 'labels'

/** A hollow broken outline: the point is a mere hint, because the true one is not known. */
function seat(schematic: boolean): RegularShape {
  return new RegularShape({
    points: 4,
    angle: Math.PI / 4,
    radius: 5,
    fill: new Fill({ color: '#ffffff' }),
    stroke: new Stroke({ color: '#5b676c', width: 1.5, lineDash: schematic ? [2, 2] : undefined }),
  })
}

function town(schematic: boolean): CircleStyle {
  if (!schematic) return new CircleStyle({ radius: 2.5, fill: new Fill({ color: '#6b777c' }) })
  return new CircleStyle({ radius: 3.5, stroke: new Stroke({ color: '#6b777c', width: 1.25, lineDash: [2, 2] }) })
}

const kSeats = { true: seat(true), false: seat(false) }
const kTowns = { true: town(true), false: town(false) }
/** Towns come in below this many degrees a pixel (about 1:300,000). */
const kTownResolution = 0.0024

export function placeStyle(feature: FeatureLike, resolution: number): Style | undefined {
  const isTown = feature.get('level') === 'town'
  if (isTown && resolution > kTownResolution) return undefined
  const schematic = feature.get('schematic') ? 'true' : 'false'
  const name = feature.get('name') as string
  if (!isTown) return new Style({ image: kSeats[schematic], text: halo(name, 13, 600, '#46525a', { offsetY: 14 }), zIndex: 10 })
  return new Style({ image: kTowns[schematic], text: halo(name, 11, 400, '#46525a', { offsetY: 11 }), zIndex: 0 })
}

export const measureStyle = [
  new Style({ stroke: new Stroke({ color: '#ffffff', width: 5 }) }),
  new Style({
    stroke: new Stroke({ color: kInk, width: 2, lineDash: [6, 4] }),
    image: new CircleStyle({ radius: 4, fill: new Fill({ color: kInk }), stroke: new Stroke({ color: '#fff', width: 1.5 }) }),
  }),
]

/** The point that a person sets: a cross-hair, which no incident symbol resembles. */
export const pickedStyle = [
  new Style({
    image: new RegularShape({ points: 4, radius: 16, radius2: 0, stroke: new Stroke({ color: '#ffffff', width: 5 }) }),
  }),
  new Style({
    image: new RegularShape({ points: 4, radius: 15, radius2: 0, stroke: new Stroke({ color: kInk, width: 2.5 }) }),
  }),
  new Style({
    image: new CircleStyle({ radius: 6, stroke: new Stroke({ color: kInk, width: 2 }), fill: new Fill({ color: '#ffffff' }) }),
  }),
]
