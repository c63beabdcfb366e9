// storm [ROUNDS [CONTROL…]]: a city and a county, each a process in a network namespace of its own. Seven days of a storm
// pass (libfaketime moves the clock of both, act by act) while the line between them is cut; then it is mended with a loss
// of 30 % in each direction and 2 Mb/s, once with each congestion CONTROL of TCP. Measured is the time until all is level;
// compared are facts, receipts and clocks of both sides. Then one of the two is killed (kill -9) ROUNDS times at random
// moments over that line while desks of both work. Prints last "N passed, M failed"; with ANLAN_TRACE=1 once a second how
// far the city has read and how many bytes went over the line. As root.
import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { chance as seeded } from '../cluster/client.mjs'
import { Line, obstacle } from './namespaces.mjs'
import { found, kCity, kCityChief, kCounty } from './sides.mjs'
import { kDays, kIncidents, kOwnOfCity, week } from './week.mjs'

const kLoss = 30, kRate = '2mbit', kLongest_s = 60, kGivesUp_s = 600
const kReporters = 3, kDay_ms = 24 * 3600_000
const [, , rounds = '200', ...controls] = process.argv
const chance = seeded(1)

let passed = 0, failed = 0
function expect(what, wanted, found) {
  if (isDeepStrictEqual(wanted, found)) return ++passed
  ++failed
  console.log(`FAILED: ${what}: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`)
}
const seconds = (from) => (Date.now() - from) / 1000

/** The clock of both nodes, for processes that libfaketime is loaded into. Monotonic clocks stay as they are. */
class SimulatedClock {
  constructor(folder, begins) {
    this.file = join(folder, 'clock')
    this.begins = begins
    const library = readdirSync('/usr/lib', { withFileTypes: true }).map(({ name }) => `/usr/lib/${name}/faketime/libfaketimeMT.so.1`).find(existsSync)
    if (!library) throw new Error('libfaketime is missing (tools/packages.txt, section storm)')
    this.env = { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: this.file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', NO_FAKE_STAT: '1' }
    this.set(0)
  }
  moment(minute) {
    return new Date(this.begins + minute * 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
  }
  set(minute) {
    writeFileSync(`${this.file}.next`, `${((this.begins + minute * 60_000 - Date.now()) / 1000).toFixed(3)}\n`)
    renameSync(`${this.file}.next`, this.file)
  }
}

async function until(isSo, longest_s = kGivesUp_s) {
  for (const from = Date.now(); seconds(from) < longest_s; await pause(200)) if (await isSo()) return true
  return false
}

/** The storm itself, behind a cut line. */
async function storm({ city, county }, line, clock, told) {
  line.cut()
  const desks = { desk: county.desk('desk'), leader: county.desk('leader'), city: city.desk('duty1'), chance, told, moment: (minute) => clock.moment(minute) }
  const acts = week(desks), from = Date.now()
  for (const { minute, act } of acts) {
    clock.set(minute)
    await act()
  }
  told.ends = acts.at(-1).minute
  console.log(`storm: ${kDays} days, ${kDays * kIncidents} incidents and ${told.reports.length} reports of the county, ${kDays * kOwnOfCity} incidents and ${told.instructions.length} instructions of the city: ${acts.length} commands in ${seconds(from).toFixed(0)} s`)
  console.log(`county: ${county.head()} facts, ${county.notAt(city)} of them not at the city; city: ${city.head()} facts`)
}

/** Both clocks of the county's incidents, as the desks of both see them. */
async function clocksAgree(side, other, incidents) {
  const seen = async (desk, id) => {
    const { clocks } = await desk.get(`/incidents/${id}`)
    const owed = clocks.filter(({ organisation }) => organisation.id === kCounty)
    return owed.map(({ id, leg, starts_at, due_at, state, met_at, late_s }) => [id, leg, starts_at, due_at, state, met_at, late_s]).sort()
  }
  let all = 0, apart = 0
  for (const id of incidents) {
    const [ours, theirs] = await Promise.all([seen(side, id), seen(other, id)])
    all += ours.length
    if (!isDeepStrictEqual(ours, theirs)) ++apart
  }
  return { all, apart }
}

/** Mends the line and measures; then the city accepts every report, and that must come back. */
async function mend({ city, county }, line, control, told) {
  if (control) line.control(control)
  const place = () => city.look("SELECT since FROM inbox WHERE neighbour = 'county'")
  const carried = line.sent(), from = Date.now(), before = told.mark
  line.lose(kLoss)
  const tracer = process.env.ANLAN_TRACE && setInterval(() => console.log(seconds(from).toFixed(1), place(), line.sent() - carried), 1000)
  const up = await until(() => county.notAt(city) === 0)
  const up_s = seconds(from)
  const level = await until(() => city.notAt(county, before, ['receipt', 'instruction']) === 0)
  clearInterval(tracer)
  const level_s = seconds(from), bytes = line.sent() - carried
  const name = control ?? readFileSync('/proc/sys/net/ipv4/tcp_congestion_control', 'utf8').trim()
  console.log(`mended (${name}): the city has all after ${up_s.toFixed(1)} s, both are level after ${level_s.toFixed(1)} s; ${(bytes / 1024).toFixed(0)} KiB on the line; the city has read up to ${place()} of ${county.head()}`)
  expect(`${name}: everything arrived`, [true, true], [up, level])
  expect(`${name}: catches up within ${kLongest_s} s`, true, level_s <= kLongest_s)
  const decider = city.desk('duty1'), answers = Date.now()
  for (const id of told.reports) await decider.command(`/reports/${id}/receipt`, { decision: 'accepted' })
  expect(`${name}: the receipts come back`, true, await until(() => city.notAt(county, before, ['receipt', 'instruction']) === 0))
  console.log(`mended (${name}): ${told.reports.length} reports accepted, and the county knows after ${seconds(answers).toFixed(1)} s`)
}

async function compare({ city, county }, told) {
  const desk = county.desk('desk'), decider = city.desk('duty1')
  const states = { county: {}, city: {} }
  for (const id of told.reports)
    for (const [name, one] of [['county', desk], ['city', decider]]) {
      const { state } = await one.get(`/reports/${id}`)
      states[name][state] = (states[name][state] ?? 0) + 1
    }
  expect('receipts of the county\'s reports at both', { county: { accepted: told.reports.length }, city: { accepted: told.reports.length } }, states)
  const clocks = await clocksAgree(desk, decider, told.incidents)
  expect(`incidents whose clocks differ (${clocks.all} clocks)`, 0, clocks.apart)
  console.log(`clocks: ${clocks.all} of the county compared on both sides`)
}

/** Desks of both sides at work, until `work.stopping`; what was acknowledged is gathered. */
function load({ city, county }, work) {
  const desks = Array.from({ length: kReporters }, () => [county.desk('desk'), county.desk('leader')])
  const reporter = async ([desk, leader]) => {
    while (!work.stopping) {
      const summary = `断电演练（虚构）${randomUUID()}`
      const { id } = await desk.command('/incidents', { type: '12D02', division: '370783115', summary })
      const report = (await desk.command(`/incidents/${id}/reports`, { kind: 'first', to: kCity, content: { situation: summary, figures: {} } })).id
      await leader.command(`/reports/${report}/sign`, {})
      await desk.command(`/reports/${report}/send`, {})
      work.reported.push({ id, report, summary })
      await pause(200)
    }
  }
  const decider = async () => {
    const desk = city.desk('duty1')
    for (let next = 0; !work.reportersLeft || next < work.reported.length; ) {
      const one = work.reported[next]
      if (!one || (await desk.ask('GET', `/reports/${one.report}`)).status !== 200) {
        await pause(100)
        continue
      }
      await desk.command(`/reports/${one.report}/receipt`, { decision: 'accepted' })
      if (next % 5 === 0) work.instructed.push((await desk.command(`/incidents/${one.id}/instructions`, { text: '核实', given_by: kCityChief, to: [kCounty] })).id)
      ++next
    }
  }
  const reporters = desks.map(reporter)
  Promise.allSettled(reporters).then(() => (work.reportersLeft = true))
  return [...reporters, decider()]
}

async function kills(sides, count) {
  const work = { stopping: false, reported: [], instructed: [] }, struck = { city: 0, county: 0 }
  const mark = sides.city.head(), from = Date.now()
  const running = load(sides, work)
  running.forEach((one) => one.catch((error) => (console.log(`FAILED: ${error.message}`), ++failed)))
  for (let i = 0; i < count; ++i) {
    await pause(200 + 1800 * chance())
    const victim = chance() < 0.5 ? 'city' : 'county'
    ++struck[victim]
    await sides[victim].kill()
    await pause(300 * chance())
    await sides[victim].start()
    if ((i + 1) % 20 === 0) console.log(`${i + 1}/${count} kills, ${work.reported.length} reports acknowledged, ${sides.county.notAt(sides.city)} facts not yet at the city, ${seconds(from).toFixed(0)} s`)
  }
  work.stopping = true
  await Promise.allSettled(running)
  const { city, county } = sides
  expect('after the kills all arrives', true, await until(() => county.notAt(city) === 0 && city.notAt(county, mark, ['receipt', 'instruction']) === 0))
  const count_ = (side, what) => Number(side.look(what))
  const once = "SELECT count(*) FROM (SELECT 1 FROM fact WHERE type = 'incident.opened' AND body LIKE '%断电演练%' GROUP BY body)"
  for (const side of [city, county]) {
    expect(`${side.name}: each reported incident is there`, work.reported.length, count_(side, `SELECT count(*) FROM fact WHERE type = 'incident.opened' AND body LIKE '%断电演练%'`))
    expect(`${side.name}: and none twice`, work.reported.length, count_(side, once))
    expect(`${side.name}: each report was accepted once`, work.reported.length, count_(side, `SELECT count(*) FROM fact WHERE type = 'receipt.accepted' AND position > ${side === city ? mark : 0} AND stream IN (${work.reported.map(({ report }) => `'receipt/${report}'`).join()})`))
  }
  await compare(sides, { reports: work.reported.map(({ report }) => report), incidents: work.reported.map(({ id }) => id) })
  console.log(`kills: ${struck.city} of the city, ${struck.county} of the county in ${seconds(from).toFixed(0)} s; ${work.reported.length} reports and ${work.instructed.length} instructions acknowledged`)
}

async function sound(sides) {
  for (const side of Object.values(sides)) await side.stop()
  for (const side of Object.values(sides)) {
    const { facts, ...found } = await side.verify()
    expect(`${side.name}: the journal is sound and nothing was refused`, { sound: true, refused: 0 }, found)
    console.log(`${side.name}: ${facts} facts, ${found.sound ? 'sound' : 'NOT SOUND'}`)
  }
}

const cannot = obstacle()
if (cannot) {
  console.error(cannot)
  process.exit(1)
}
const folder = mkdtempSync(join(tmpdir(), 'anlan-storm-')), line = new Line(kRate)
const sides = {}
async function leave() {
  for (const side of Object.values(sides)) await side.stop()
  line.close()
  rmSync(folder, { recursive: true, force: true })
}
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => leave().finally(() => process.exit(130)))
try {
  const clock = new SimulatedClock(folder, Date.now() - 8 * kDay_ms)
  await found(sides, line, folder, clock.env)
  const told = { incidents: [], reports: [], instructions: [], mark: sides.city.head() }
  await storm(sides, line, clock, told)
  for (const side of Object.values(sides)) {
    await side.stop()
    side.env = {} // from here on the clocks are the machine's
  }
  for (const control of controls.length > 0 ? controls : [null]) {
    if (controls.length > 1) {
      for (const side of Object.values(sides)) {
        const [kept, used] = [join(folder, 'kept', side.name), side.folder]
        if (!existsSync(kept)) cpSync(used, kept, { recursive: true })
        rmSync(used, { recursive: true })
        cpSync(kept, used, { recursive: true })
      }
    }
    line.cut()
    for (const side of Object.values(sides)) await side.start()
    await mend(sides, line, control, told)
    await compare(sides, told)
    if (control !== (controls.at(-1) ?? null)) for (const side of Object.values(sides)) await side.stop()
  }
  await kills(sides, Number(rounds))
  await sound(sides)
} catch (error) {
  ++failed
  console.log(`FAILED: ${error.stack}`)
  for (const side of Object.values(sides)) if (side.node) console.log(`== ${side.name}\n${side.node.said.slice(-3000)}`)
} finally {
  await leave()
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
