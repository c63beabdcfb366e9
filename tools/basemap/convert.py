#!/usr/bin/env python3
"""Makes the built-in map layer from GSHHG (Debian: gmt, gmt-gshhg-full, python3-shapely): land, coast and rivers around
Shandong and the Bohai in detail, land and coast of the wider region coarsely. Never boundaries of states.

    python3 tools/basemap/convert.py [OUT]
"""

import json
import pathlib
import subprocess
import sys

from shapely.geometry import LineString, MultiLineString, Polygon, box, mapping
from shapely.ops import linemerge, polygonize, unary_union

# Region (west, east, south, north in degrees), GSHHG resolution, tolerance of the simplification and the least area of
# an island or lake kept, in degrees and square degrees.
DETAIL = {"region": (114, 124, 34, 42), "resolution": "f", "tolerance": 0.0015, "least_area": 0.00003}
COARSE = {"region": (72, 136, 3, 54), "resolution": "i", "tolerance": 0.05, "least_area": 0.02}
# Small islands stay whole in this part of the coarse layer (西沙, 中沙, 南沙).
REEFS = box(108, 3, 119, 20)
DIGITS = {"f": 4, "i": 3}


def gmt(*arguments, text=None):
    return subprocess.run(["gmt", *arguments], input=text, capture_output=True, text=True, check=True).stdout


def region_of(layer):
    return "-R" + "/".join(str(degree) for degree in layer["region"])


def area_of(layer):
    west, east, south, north = layer["region"]
    return box(west, south, east, north)


def segments(dump, wanted=lambda header: True):
    """Lines of a multi-segment dump whose header is wanted."""
    lines, points, take = [], [], False
    for row in [*dump.splitlines(), ">"]:
        if row[:1] in ">#":
            if take and len(points) > 1:
                lines.append(LineString(points))
            points, take = [], wanted(row)
        elif row:
            points.append(tuple(round(float(cell), 5) for cell in row.split()[:2]))
    return lines


def dry(faces, layer):
    """Those of the faces that are land: GMT says so for a point inside each."""
    points = [face.representative_point() for face in faces]
    text = "".join(f"{p.x:.6f}\t{p.y:.6f}\t{i}\n" for i, p in enumerate(points))
    kept = gmt("select", region_of(layer), "-Ns/k/k/k/k", f"-D{layer['resolution']}", text=text)
    return [faces[int(float(row.split()[2]))] for row in kept.splitlines()]


def worth(face, layer):
    return face.area >= layer["least_area"] or (layer is COARSE and REEFS.contains(face))


def shores(layer):
    dump = gmt("coast", region_of(layer), f"-D{layer['resolution']}", "-W1", "-M")
    coast = segments(dump, lambda header: "Level 1" in header)
    lakes = segments(dump, lambda header: "Level 2" in header)
    return coast, lakes


def land_and_coast(layer):
    coast, lakes = shores(layer)
    edge = area_of(layer).boundary
    land = [face for face in dry(list(polygonize(unary_union([*coast, edge]))), layer) if worth(face, layer)]
    water = [face for face in polygonize(unary_union(lakes)) if face.area >= layer["least_area"]] if lakes else []
    ground = unary_union(land).difference(unary_union(water))
    kept = unary_union(land).boundary.difference(edge.buffer(1e-6))
    lines = linemerge(kept) if isinstance(kept, MultiLineString) else kept
    return ground, unary_union([lines, *(face.boundary for face in water)])


def slim(geometry, layer, still=None):
    """Simplified; the small islands of `still` keep their shape."""
    if still is None:
        return geometry.simplify(layer["tolerance"])
    inside = [part for part in getattr(geometry, "geoms", [geometry]) if still.contains(part)]
    rest = [part for part in getattr(geometry, "geoms", [geometry]) if not still.contains(part)]
    return unary_union([unary_union(rest).simplify(layer["tolerance"]), *inside])


def rounded(value, digits):
    if isinstance(value, float):
        return round(value, digits)
    return [rounded(item, digits) for item in value]


def write(path, features):
    """One feature a line, so that a change can be read."""
    rows = []
    for geometry, kind, layer in features:
        if geometry.is_empty:
            continue
        shape = mapping(geometry)
        shape = {"type": shape["type"], "coordinates": rounded(shape["coordinates"], DIGITS[layer["resolution"]])}
        rows.append(json.dumps({"type": "Feature", "properties": {"kind": kind}, "geometry": shape}, separators=(",", ":")))
    path.write_text('{"type":"FeatureCollection","features":[\n' + ",\n".join(rows) + "\n]}\n", encoding="utf-8")
    print(f"basemap/{path.name}: {path.stat().st_size // 1000} kB")


def main():
    here = pathlib.Path(__file__).resolve().parent
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent.parent / "data" / "basemap"
    out.mkdir(parents=True, exist_ok=True)
    land, coast = land_and_coast(DETAIL)
    far_land, far_coast = land_and_coast(COARSE)
    hole = area_of(DETAIL).buffer(-0.02)  # the two overlap a little: no seam
    far_land = slim(far_land, COARSE, REEFS).buffer(0).difference(hole)
    far_coast = slim(far_coast, COARSE, REEFS).difference(area_of(DETAIL))
    write(out / "land.json", [(far_land, "land_coarse", COARSE), (slim(land, DETAIL), "land", DETAIL)])
    write(out / "coast.json", [(far_coast, "coast_coarse", COARSE), (slim(coast, DETAIL), "coast", DETAIL)])
    rivers = gmt("coast", region_of(DETAIL), f"-D{DETAIL['resolution']}", "-Ia", "-M")
    lines = linemerge(unary_union(segments(rivers)))
    write(out / "rivers.json", [(slim(lines, DETAIL), "river", DETAIL)])


main()
