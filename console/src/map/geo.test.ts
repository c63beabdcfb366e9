import { describe, expect, it } from 'vitest'
import { distanceM, extentOf, formatDistance, formatSexagesimal, inExtent, parseLngLat, pathLengthM, scaleBar } from './geo'

const weifang = { lng: 119.1619, lat: 36.7069 }

describe('Distances on the map', () => {
  it('gives a degree of latitude as 111.195 km', () => {
    expect(distanceM({ lng: 119, lat: 36 }, { lng: 119, lat: 37 })).toBeCloseTo(111195, -1)
  })

  it('adds the legs of a path', () => {
    const path = [{ lng: 119, lat: 36 }, { lng: 119, lat: 36.5 }, { lng: 119, lat: 36 }]
    expect(pathLengthM(path)).toBeCloseTo(111195, -1)
    expect(pathLengthM([weifang])).toBe(0)
  })

  it('writes three figures', () => {
    expect(formatDistance(849.6)).toBe('850 m')
    expect(formatDistance(999.7)).toBe('1 km')
    expect(formatDistance(3421)).toBe('3.42 km')
    expect(formatDistance(128_400)).toBe('128 km')
    expect(formatDistance(1_284_000)).toBe('1284 km')
  })
})

describe('The scale bar', () => {
  it('is true west to east at the latitude of the centre', () => {
    const bar = scaleBar(0.001, 60, 120)
    const ground = distanceM({ lng: 0, lat: 60 }, { lng: 0.001 * bar.widthPx, lat: 60 })
    expect(bar.metres).toBe(5000)
    expect(Math.abs(ground - bar.metres)).toBeLessThan(60)
  })

  it('takes round steps only and never outgrows its room', () => {
    for (let resolution = 1e-6; resolution < 1; resolution *= 1.7) {
      const bar = scaleBar(resolution, 36.7, 120)
      expect(bar.widthPx).toBeLessThanOrEqual(120)
      expect(String(bar.metres / 10 ** Math.floor(Math.log10(bar.metres) + 1e-9))[0]).toMatch(/[125]/)
    }
  })

  it('is empty before the map has a size', () => {
    expect(scaleBar(0, 36, 100)).toEqual({ metres: 0, widthPx: 0 })
  })
})

describe('Places as text', () => {
  it('are written in degrees, minutes and seconds without a 60th second', () => {
    expect(formatSexagesimal({ lng: 119.99999, lat: 36.5 })).toBe('120°00′00″E 36°30′00″N')
    expect(formatSexagesimal({ lng: -9.25, lat: -0.5 })).toBe('009°15′00″W 00°30′00″S')
  })

  it('are read in either order', () => {
    expect(parseLngLat('119.1, 36.7')).toEqual({ lng: 119.1, lat: 36.7 })
    expect(parseLngLat('36.7，119.1')).toEqual({ lng: 119.1, lat: 36.7 })
    expect(parseLngLat('119.1 36.7')).toEqual({ lng: 119.1, lat: 36.7 })
  })

  it('are refused outside China or half written', () => {
    expect(parseLngLat('2.35, 48.85')).toBeNull()
    expect(parseLngLat('119.1')).toBeNull()
    expect(parseLngLat('寿光')).toBeNull()
  })
})

describe('Extents', () => {
  it('hold their points', () => {
    const extent = extentOf([weifang, { lng: 118, lat: 37 }])!
    expect(extent).toEqual([118, 36.7069, 119.1619, 37])
    expect(inExtent({ lng: 118.5, lat: 36.8 }, extent)).toBe(true)
    expect(inExtent({ lng: 118.5, lat: 38 }, extent)).toBe(false)
  })

  it('do not exist without points', () => {
    expect(extentOf([])).toBeNull()
  })
})
