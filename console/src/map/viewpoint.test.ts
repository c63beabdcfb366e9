import { describe, expect, it } from 'vitest'
import { viewpointFromQuery, viewpointToQuery } from './viewpoint'

describe('Where the map looks, in the address', () => {
  it('comes back as it went in', () => {
    const view = { center: { lng: 119.16191, lat: 36.7069 }, zoom: 9.25 }
    expect(viewpointFromQuery(viewpointToQuery(view))).toEqual(view)
  })

  it.each([{}, { c: '119.1,36.7' }, { c: '119.1', z: '9' }, { c: '119.1,', z: '9' }, { c: '119.1,96', z: '9' }, { c: 'a,b', z: '9' }, { c: '119,36', z: '99' }])(
    'is nothing when it names no place: %o',
    (query) => {
      expect(viewpointFromQuery(query)).toBeNull()
    },
  )
})
