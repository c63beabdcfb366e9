import { Polygon } from 'ol/geom'
import { describe, expect, it } from 'vitest'
import { drawnOf, kDrawingOptions } from './drawing'
import { circleRing, distanceM } from './geo'

const kMiddle = { lng: 118.8, lat: 36.9 }

describe('What is drawn', () => {
  it('is a circle on the ground, not in degrees', () => {
    const ring = circleRing(kMiddle, 3000)
    expect(ring[0]).toEqual(ring.at(-1))
    for (const corner of ring) expect(Math.abs(distanceM(kMiddle, corner) - 3000)).toBeLessThan(5)
  })
  it('keeps middle and radius of a circle', () => {
    const around = kDrawingOptions.circle.geometryFunction!
    const drawn = around([[118.8, 36.9], [118.8, 36.95]], undefined as never, undefined as never) as Polygon
    expect(drawnOf(drawn)).toEqual({ kind: 'circle', center: kMiddle, radius_m: Math.round(distanceM(kMiddle, { lng: 118.8, lat: 36.95 })) })
  })
  it('is a closed ring of rounded corners', () => {
    const drawn = new Polygon([[[118.80000049, 36.9], [118.9, 37], [119, 36.9], [118.80000049, 36.9]]])
    const shape = drawnOf(drawn)
    expect(shape.kind === 'ring' && shape.ring).toEqual([
      { lng: 118.8, lat: 36.9 }, { lng: 118.9, lat: 37 }, { lng: 119, lat: 36.9 }, { lng: 118.8, lat: 36.9 },
    ])
  })
})
