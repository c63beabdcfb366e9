// campaign ROUNDS [SEED]: 64 clients and 8 consoles at three processes behind HAProxy, on PostgreSQL under Patroni, all of
// it started by deploy/cluster/try on this machine. In each round something is killed or handed over at a random moment:
// a process of anlan, the proxy, the leading PostgreSQL, or the lead itself (patronictl failover). Whoever got no
// answer asks again with the same key, through the proxy, as a console does. Afterwards: every acknowledged command is
// in the journal once, versions have no gap, `anlan verify` is content, and every console was told of every fact once
// and in order. Prints the longest pause of each kind, and last "N passed, N failed".
import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Browser, chance as seeded, Console } from './client.mjs'
import { compare, compared, database, lastTold, told } from './journal.mjs'

const kRoot = join(import.meta.dirname, '../..')
const kTry = join(kRoot, 'deploy/cluster/try')
const kProgram = join(kRoot, 'build/anlan')
const kClients = 64, kConsoles = 8, kIncidents = 40
// Until all is well after a round; an overloaded machine elects more than once.
const kLongestRound = 180_000
const kNames = ['a', 'b', 'c']
const rounds = Number(process.argv[2] ?? 200)
const chance = seeded(Number(process.argv[3] ?? 1))
const one = (list) => list[Math.floor(chance() * list.length)]

const env = { ...process.env, ANLAN_CLUSTER_DIR: `/var/tmp/anlan-campaign-${process.pid}`, ANLAN_LIMITS_RATE_FACTOR: '1000000', LANG: 'en_US.UTF-8' }
const trial = (...words) => execFileSync(kTry, words, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
const well = () => spawnSync(kTry, ['well'], { env }).status === 0
let psql, browser

let passed = 0, failed = 0
function expect(what, wanted, found) {
  if (wanted === found) return ++passed
  ++failed
  console.log(`FAILED: ${what}: expected ${wanted}, found ${found}`)
}

const acknowledged = new Map() // key → answer
let stopping = false, longest = 0, refusals = 0
async function client(incidents) {
  for (let last = Date.now(); !stopping; ) {
    const incident = incidents[Math.floor(Math.random() * incidents.length)]
    try {
      const { key, ...answer } = await browser.command(`/api/v1/incidents/${incident}/notes`, { text: randomUUID() })
      acknowledged.set(key, answer)
    } catch (error) {
      ++refusals
      console.log(`FAILED: ${error.message}`)
      return
    }
    longest = Math.max(longest, Date.now() - last)
    last = Date.now()
  }
}

const kStrikes = {
  async anlan() {
    const x = one(kNames)
    trial('kill', `anlan-${x}`)
    await pause(500 + 2500 * chance())
    trial('start', `anlan-${x}`)
  },
  async proxy() {
    trial('kill', 'haproxy')
    await pause(200 + 1300 * chance())
    trial('start', 'haproxy')
  },
  async postgres() {
    trial('kill', `postgres-${trial('leader')}`)
  },
  async failover() {
    trial('failover')
  },
}

async function round(kind) {
  const before = acknowledged.size
  longest = 0
  await pause(2000 * chance())
  await kStrikes[kind]()
  const end = Date.now() + kLongestRound
  while (Date.now() < end && !(well() && acknowledged.size > before + 4 * kClients)) await pause(300)
  expect(`${kind}: all is well again and commands are taken`, true, Date.now() < end)
  await pause(500)
  return longest
}

async function look(consoles, first) {
  const found = await compare(psql, acknowledged)
  expect('acknowledged commands lost', 0, found.lost)
  expect('acknowledged commands that stand elsewhere', 0, found.elsewhere)
  expect('commands done twice', 0, found.twice)
  expect('streams with a gap', 0, found.gaps)
  const wanted = await told(psql, first)
  for (const [i, console] of consoles.entries())
    expect(`what console ${i} was told of`, `${wanted.length} facts, all in order`, compared(wanted, console.seen))
}

const longestOf = {}
try {
  trial('up', '--anlan', '')
  const data = join(env.ANLAN_CLUSTER_DIR, 'a/anlan')
  execFileSync(kProgram, ['demo', '--once', '--port', '0', '--data', data, '--set', `storage.url=${trial('url')}`], { env, stdio: 'ignore' })
  trial('up', '--anlan', kProgram, '--processes', '3')
  psql = database(trial('url'))
  browser = new Browser(trial('url', 'http'), { sockets: kClients + 8 })
  await browser.signIn()
  const incidents = []
  for (let i = 0; i < kIncidents; ++i)
    incidents.push((await browser.command('/api/v1/incidents', { type: '12D02', division: '370783', summary: `演练数据 ${i}` })).id)
  const first = Number(await psql('SELECT max(position) FROM journal.fact'))
  const consoles = Array.from({ length: kConsoles }, () => new Console(browser, first))
  const clients = Array.from({ length: kClients }, () => client(incidents))
  const kinds = Object.keys(kStrikes)
  for (let i = 0; i < rounds; ++i) {
    const kind = kinds[i % kinds.length]
    const took = await round(kind)
    longestOf[kind] = Math.max(longestOf[kind] ?? 0, took)
    console.log(`${i + 1}/${rounds} ${kind.padEnd(9)} longest pause of a client ${(took / 1000).toFixed(1)} s, ${acknowledged.size} acknowledged`)
  }
  stopping = true
  await Promise.all(clients)
  expect('refusals', 0, refusals)
  const last = await lastTold(psql)
  for (const end = Date.now() + 20_000; Date.now() < end && consoles.some((one) => one.after < last); ) await pause(200)
  consoles.forEach((one) => one.close())
  await look(consoles, first)
  const verified = spawnSync(kProgram, ['verify', '--json', trial('url')], { env, encoding: 'utf8' })
  expect('the journal is sound', true, JSON.parse(verified.stdout).sound)
  for (const [kind, ms] of Object.entries(longestOf)) console.log(`longest pause, ${kind}: ${(ms / 1000).toFixed(1)} s`)
} finally {
  stopping = true
  browser?.close()
  spawnSync(kTry, ['down', '--wipe'], { env })
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > rounds ? 0 : 1)
