// Organisations, people and accounts of the demo city, the same on every run. Names of divisions are real; people are
// invented and named after the sexagenary cycle (赵甲子, 钱乙丑, …), their telephone numbers can be assigned to nobody.
//
//   node tools/demo-city/generate.mjs

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const city = "370700", seed = 20261123;
const here = dirname(fileURLToPath(import.meta.url));
const data = join(here, "../../data");
const password = "Anlan-Demo-2026";

const divisions = new Map(
  readFileSync(join(data, "divisions/china.tsv"), "utf8").split("\n")
    .filter((line) => line.startsWith(city.slice(0, 4)))
    .map((line) => line.split("\t")).map(([code, name]) => [code, name]),
);

// Lehmer's generator: enough to deal out surnames.
let state = seed;
const random = (below) => (state = (state * 48271) % 2147483647) % below;

const surnames = [..."赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"];
const stems = [..."甲乙丙丁戊己庚辛壬癸"], branches = [..."子丑寅卯辰巳午未申酉戌亥"];
const organisations = [], people = [], accounts = [];

// No number in China begins with 0 after its area code, no mobile number with 100.
let line = 0;
const landline = (area) => `${area}-000${String(++line).padStart(4, "0")}`;
const mobile = () => `100-0000-${String(people.length + 1).padStart(4, "0")}`;

function organisation(id, name, short, level, division, parent, more = {}) {
  const code = `DEMO-${String(organisations.length + 1).padStart(3, "0")}`;
  organisations.push({ code, id, name: `${name}（演示）`, short, level, division, parent, phone: landline(level === "province" ? "0531" : "0536"), ...more });
}

function person(id, organisation, post) {
  const n = people.length;
  const name = surnames[random(surnames.length)] + stems[n % 10] + branches[n % 12];
  people.push({ id, name, organisation, post, phone: mobile(), fictional: true });
}

function account(name, organisation, post, role) {
  person(`p-${name}`, organisation, post);
  accounts.push({ name, person: `p-${name}`, role, password });
}

const departments = [
  ["wf-fire", "消防救援支队", "指挥中心值班长"], ["wf-police", "公安局", "指挥中心值班长"], ["wf-health", "卫生健康委员会", "应急办主任"],
  ["wf-water", "水利局", "防汛值班员"], ["wf-weather", "气象局", "首席预报员"],
];
// Counties and towns that have accounts: code, account, towns with a duty room.
const counties = [
  ["370783", "shouguang", [["370783115", "yangkou"], ["370783109"]]],
  ["370772", "binhai", [["370772004", "yangzi"], ["370772005"]]],
  ["370724", "linqu", [["370724003", "yeyuan"], ["370724105"]]],
];
const quietTowns = ["370781100", "370786112", "370784100", "370785103"];

function cityLevel() {
  const name = divisions.get(city);
  organisation("sd-emergency", "山东省应急管理厅", "省应急厅", "province", "370000", undefined, { external: true });
  organisation("wf-emergency", `${name}应急管理局`, "市应急局", "city", city, "sd-emergency");
  organisation("wf-duty", `${name}委市政府总值班室`, "市总值班室", "city", city, "wf-emergency");
  account("duty1", "wf-emergency", "值班主班", "duty_officer");
  account("duty2", "wf-emergency", "值班副班", "duty_officer");
  account("duty3", "wf-emergency", "值班员", "duty_officer");
  account("leader1", "wf-emergency", "局长", "leader");
  account("leader2", "wf-emergency", "副局长", "leader");
  person("p-wf-duty", "wf-duty", "总值班室值班秘书");
  organisation("wf-environment", `${name}生态环境局`, "市生态环境局", "city", city, "wf-emergency");
  account("liaison1", "wf-environment", "应急联络员", "liaison");
  for (const [id, suffix, post] of departments) {
    organisation(id, name + suffix, `市${suffix.replace("生健康委员会", "健委")}`, "city", city, "wf-emergency");
    person(`p-${id}`, id, post);
  }
  for (const [name, post, role] of [["sysadmin", "系统管理员", "system_admin"], ["secadmin", "安全管理员", "security_admin"], ["audadmin", "审计管理员", "audit_admin"]])
    account(name, "wf-emergency", post, role);
}

const county = (code) => `county-${code}`;
const shortName = (name) => name.replace(/^潍坊/, "").replace("经济技术开发区", "区");

function countyLevel() {
  for (const [code, name] of divisions) {
    if (code.length !== 6 || code === city) continue;
    const login = counties.find((c) => c[0] === code)?.[1];
    organisation(county(code), `${name}应急管理局`, `${shortName(name)}应急局`, "county", code, "wf-emergency");
    if (login) {
      account(login, county(code), "值班员", "county_officer");
      account(`${login}-leader`, county(code), "局长", "leader");
    } else {
      person(`p-${code}-officer`, county(code), "值班员");
      person(`p-${code}-leader`, county(code), "局长");
    }
  }
}

function townLevel() {
  const towns = [...counties.flatMap((c) => c[2]), ...quietTowns.map((code) => [code])];
  for (const [code, login] of towns) {
    const name = divisions.get(code);
    organisation(`town-${code}`, `${name}应急管理办公室`, `${name}应急办`, "town", code, county(code.slice(0, 6)));
    if (login) account(login, `town-${code}`, "值班员", "town_officer");
    else person(`p-${code}-officer`, `town-${code}`, "值班员");
  }
}

/** Whom warnings reach: about each town its reporter, grid workers and residents, some of them old. */
function contacts() {
  const rows = ["编号,姓名,手机号,区划代码,经度,纬度,角色,脆弱性"];
  const points = readFileSync(join(data, `divisions/points-${city}.tsv`), "utf8").split("\n").map((row) => row.split("\t"));
  for (const [code, lng, lat] of points.filter(([code]) => code.length === 9))
    for (let i = 0; i < 20; ++i) {
      const name = surnames[random(surnames.length)] + stems[random(stems.length)] + branches[random(branches.length)];
      const at = [lng, lat].map((degrees) => (Number(degrees) + (random(6001) - 3000) / 100_000).toFixed(5));
      const role = i === 0 ? "信息报告员" : i < 4 ? "网格员" : "居民";
      rows.push([`${code}-${i + 1}`, name, `100-1${String(rows.length).padStart(7, "0")}`, code, ...at, role, i > 15 ? "老人" : ""].join(","));
    }
  writeFileSync(join(data, "demo/contacts.csv"), rows.join("\n") + "\n");
  process.stdout.write(`demo/contacts.csv: ${rows.length - 1}\n`);
}

function write(file, table, title, rows) {
  const entry = (row) =>
    [`[[${table}]]`, ...Object.entries(row).filter(([, v]) => v !== undefined).map(([k, v]) => `${k} = ${JSON.stringify(v)}`)].join("\n");
  mkdirSync(join(data, "demo"), { recursive: true });
  writeFileSync(join(data, "demo", file), [`# ${title}`, "# 虚构：仅供演示。 Invented, for the demo only; made by tools/demo-city/generate.mjs.", "", rows.map(entry).join("\n\n"), ""].join("\n"));
  process.stdout.write(`demo/${file}: ${rows.length}\n`);
}

cityLevel();
countyLevel();
townLevel();
write("organisations.toml", "organisation", "Organisations of the demo city.", organisations);
write("people.toml", "person", "People of the demo city: names and numbers of nobody.", people);
write("accounts.toml", "account", "Accounts of the demo city. Their password is public: never use these files for a real node.", accounts);
contacts();
