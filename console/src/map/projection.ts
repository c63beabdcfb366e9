import { register } from 'ol/proj/proj4'
import { get, type Projection } from 'ol/proj'
import proj4 from 'proj4'

export const kCgcs2000 = 'EPSG:4490'

/**
 * CGCS2000, the national frame (GB/T 22021), in degrees on GRS 80. The official axis order is latitude first, which
 * matters to the services of a government intranet (WMS 1.3, WFS); coordinates in memory are always longitude first.
 * The extent is the whole world, the grid that Tianditu's "c" tiles are cut on (level 1 is 0.703125° a pixel).
 */
export function cgcs2000(): Projection {
  const known = get(kCgcs2000)
  if (known) return known
  proj4.defs(kCgcs2000, '+proj=longlat +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +axis=neu +no_defs +type=crs')
  register(proj4)
  const projection = get(kCgcs2000)!
  projection.setExtent([-180, -90, 180, 90])
  projection.setWorldExtent([-180, -90, 180, 90])
  return projection
}
