// Fills the pinyin column of the code tables under data/codes, then writes codes/SUMS: the SHA-256 of every table of
// codes and divisions, for `sha256sum --check` within data/.
//
//   node tools/codes/fill.mjs

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { syllables } from "../divisions/readings.mjs";

const data = join(dirname(fileURLToPath(import.meta.url)), "../../data");

function filled(text) {
  const lines = text.split("\n");
  const columns = lines.find((line) => line.startsWith("#columns")).split(/ |\t/).slice(1);
  const name = columns.indexOf("name"), pinyin = columns.indexOf("pinyin");
  if (pinyin < 0) return text;
  const fill = (line) => {
    if (!line || line.startsWith("#")) return line;
    const cells = line.split("\t");
    cells[pinyin] = syllables(cells[name]);
    return cells.join("\t").trimEnd();
  };
  return lines.map(fill).join("\n");
}

const tables = (folder) => readdirSync(join(data, folder)).filter((f) => f.endsWith(".tsv")).sort().map((f) => `${folder}/${f}`);

for (const file of tables("codes")) writeFileSync(join(data, file), filled(readFileSync(join(data, file), "utf8")));
const sums = [...tables("codes"), ...tables("divisions")]
  .map((file) => `${createHash("sha256").update(readFileSync(join(data, file))).digest("hex")}  ${file}`);
writeFileSync(join(data, "codes/SUMS"), sums.join("\n") + "\n");
process.stdout.write(`codes/SUMS: ${sums.length} files\n`);
