// campaign ROUNDS [SEED]: 64 clients and 8 consoles at three processes behind HAProxy, on PostgreSQL under Patroni, all of
// it started by deploy/cluster/try on this machine. In each round something is killed or handed over at a random moment:
// a process of anlan, the proxy, the leading PostgreSQL, or the lead itself (patronictl failover). Whoever got no
// answer asks again with the same key, through the proxy, as a console does. Afterwards: every acknowledged command is
// in the journal once, versions have no gap, `anlan verify` is content, and every console was told of every fact once
// and in order. Prints the longest pause of each kind, and last "N passed, N failed".
import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const kRoot = join(import.meta.dirname, '../..')
const kTry = join(kRoot, 'deploy/cluster/try')
const kProgram = join(kRoot, 'build/anlan')
const kClients = 64, kConsoles = 8, kIncidents = 40
// Until all is well after a round; an overloaded machine elects more than once.
const kLongestRound = 180_000
const kNames = ['a', 'b', 'c']
const rounds = Number(process.argv[2] ?? 200)
let seed = Number(process.argv[3] ?? 1)

/** Chance that a seed plays again: xorshift, 0 ≤ result < 1. */
function chance() {
  seed ^= seed << 13
  seed ^= seed >>> 17
  seed ^= seed << 5
  return (seed >>> 0) / 2 ** 32
}
const one = (list) => list[Math.floor(chance() * list.length)]

const env = { ...process.env, ANLAN_CLUSTER_DIR: `/var/tmp/anlan-campaign-${process.pid}`, ANLAN_LIMITS_RATE_FACTOR: '1000000', LANG: 'en_US.UTF-8' }
const trial = (...words) => execFileSync(kTry, words, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
const well = () => spawnSync(kTry, ['well'], { env }).status === 0
const psql = (text) => execFileSync('psql', ['-X', '-qAt', '-v', 'ON_ERROR_STOP=1', trial('url')], { encoding: 'utf8', input: text, maxBuffer: 1 << 28 }).trim()

let passed = 0, failed = 0
function expect(what, wanted, found) {
  if (wanted === found) return ++passed
  ++failed
  console.log(`FAILED: ${what}: expected ${wanted}, found ${found}`)
}

const agent = new Agent({ keepAlive: true, maxSockets: kClients + 8 })
let url, cookie
/** The whole answer, or a throw where the line broke or nobody answered for 15 s. */
function ask(method, path, body, headers = {}) {
  return new Promise((done, refused) => {
    const asked = request(new URL(path, url), { method, agent, timeout: 15_000, headers: { 'Content-Type': 'application/json', ...(cookie && { Cookie: cookie }), ...headers } })
    asked.on('timeout', () => asked.destroy(new Error('no answer')))
    asked.on('error', refused)
    asked.on('response', (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part) => (text += part))
      answer.on('error', refused)
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, text }))
    })
    asked.end(body && JSON.stringify(body))
  })
}

/** Until it is taken. A server that is away, or a proxy without one, is asked again; any other refusal is a fault. */
async function command(path, body, key = randomUUID()) {
  for (;;) {
    try {
      const answer = await ask('POST', path, body, { 'Idempotency-Key': key })
      if (answer.status < 300) return { key, ...JSON.parse(answer.text) }
      if (answer.status < 500) throw Object.assign(new Error(`${path}: ${answer.status} ${answer.text}`), { isRefusal: true })
    } catch (error) {
      if (error.isRefusal) throw error
    }
    await pause(50)
  }
}

const acknowledged = new Map() // key → answer
let stopping = false, longest = 0, refusals = 0
async function client(incidents) {
  for (let last = Date.now(); !stopping; ) {
    const incident = incidents[Math.floor(Math.random() * incidents.length)]
    try {
      const { key, ...answer } = await command(`/api/v1/incidents/${incident}/notes`, { text: randomUUID() })
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

/** A console that comes back to its feed wherever it was broken. */
class Console {
  seen = []
  constructor(after) {
    this.after = after
    this.open()
  }
  open() {
    if (stopping && this.closed) return
    const again = () => setTimeout(() => this.open(), 200)
    const asked = request(new URL('/api/v1/feed', url), { agent: false, headers: { Cookie: cookie, 'Last-Event-ID': String(this.after) } })
    let ended = false
    const end = () => {
      if (ended || this.closed) return
      ended = true
      asked.destroy()
      again()
    }
    asked.on('error', end)
    asked.on('close', end)
    asked.on('response', (answer) => {
      if (answer.statusCode !== 200) return end()
      let text = ''
      answer.on('error', end)
      answer.on('end', end)
      answer.setEncoding('utf8').on('data', (part) => {
        text += part
        for (let at; (at = text.indexOf('\n\n')) >= 0; text = text.slice(at + 2)) this.take(text.slice(0, at))
      })
    })
    asked.end()
    this.asked = asked
  }
  take(frame) {
    const id = /^id: (\d+)$/m.exec(frame)?.[1]
    if (!id || !/^event: fact$/m.test(frame)) return
    this.after = Number(id)
    this.seen.push(this.after)
  }
  close() {
    this.closed = true
    this.asked.destroy()
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

/** The first place where a console was told of something else than there was, in words. */
function compared(told, seen) {
  const at = told.findIndex((position, i) => position !== seen[i])
  if (at < 0 && told.length === seen.length) return `${told.length} facts, all in order`
  return `${seen.length} facts, after ${told[at - 1] ?? 'nothing'} fact ${seen[at] ?? 'none'}`
}

function look(consoles, first) {
  const folder = mkdtempSync(join(tmpdir(), 'anlan-campaign-'))
  const file = join(folder, 'acknowledged')
  writeFileSync(file, [...acknowledged].map(([key, { version, position }]) => `${key}\t${version}\t${position}\n`).join(''))
  const [lost, other, twice, gaps] = psql(`
    CREATE TEMP TABLE acknowledged (key text, version bigint, position bigint);
    \\copy acknowledged FROM '${file}'
    SELECT (SELECT count(*) FROM acknowledged a WHERE NOT EXISTS (SELECT 1 FROM journal.fact f WHERE f.cause = a.key)),
      (SELECT count(*) FROM acknowledged a JOIN journal.fact f ON f.cause = a.key WHERE (f.version, f.position) <> (a.version, a.position)),
      (SELECT count(*) FROM (SELECT 1 FROM journal.fact f JOIN acknowledged a ON a.key = f.cause GROUP BY a.key HAVING count(*) > 1) t),
      (SELECT count(*) FROM (SELECT 1 FROM journal.fact GROUP BY stream HAVING max(version) <> count(*)) g)`).split('|').map(Number)
  rmSync(folder, { recursive: true })
  expect('acknowledged commands lost', 0, lost)
  expect('acknowledged commands that stand elsewhere', 0, other)
  expect('commands done twice', 0, twice)
  expect('streams with a gap', 0, gaps)
  const told = psql(`SELECT a.position FROM view.audience a WHERE a.organisation = 'wf-emergency' AND a.position > ${first} ORDER BY 1`).split('\n')
  for (const [i, console] of consoles.entries())
    expect(`what console ${i} was told of`, `${told.length} facts, all in order`, compared(told.map(Number), console.seen))
}

const longestOf = {}
try {
  trial('up', '--anlan', '')
  const data = join(env.ANLAN_CLUSTER_DIR, 'a/anlan')
  execFileSync(kProgram, ['demo', '--once', '--port', '0', '--data', data, '--set', `storage.url=${trial('url')}`], { env, stdio: 'ignore' })
  trial('up', '--anlan', kProgram, '--processes', '3')
  url = trial('url', 'http')
  const entered = await ask('POST', '/api/v1/session', { account: 'duty1', password: 'Anlan-Demo-2026' })
  cookie = entered.headers['set-cookie'][0].split(';')[0]
  const incidents = []
  for (let i = 0; i < kIncidents; ++i)
    incidents.push((await command('/api/v1/incidents', { type: '12D02', division: '370783', summary: `演练数据 ${i}` })).id)
  const first = Number(psql('SELECT max(position) FROM journal.fact'))
  const consoles = Array.from({ length: kConsoles }, () => new Console(first))
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
  const last = Number(psql("SELECT max(position) FROM view.audience WHERE organisation = 'wf-emergency'"))
  for (const end = Date.now() + 20_000; Date.now() < end && consoles.some((one) => one.after < last); ) await pause(200)
  consoles.forEach((one) => one.close())
  look(consoles, first)
  const verified = spawnSync(kProgram, ['verify', '--json', trial('url')], { env, encoding: 'utf8' })
  expect('the journal is sound', true, JSON.parse(verified.stdout).sound)
  for (const [kind, ms] of Object.entries(longestOf)) console.log(`longest pause, ${kind}: ${(ms / 1000).toFixed(1)} s`)
} finally {
  stopping = true
  agent.destroy()
  spawnSync(kTry, ['down', '--wipe'], { env })
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > rounds ? 0 : 1)
