// roll [TIMES]: 64 clients and 8 consoles at two processes behind HAProxy, on PostgreSQL under Patroni, all of it started
// by deploy/cluster/try on this machine, while every process is restarted TIMES times (2), one after the other: once
// drained at the proxy before (`try roll`), once as an operator's `systemctl restart` does it. Nobody asks twice: every
// page, command and sign-in must be answered, every feed taken up where it was. Prints "N passed, N failed".
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Browser, Console } from './client.mjs'
import { compare, compared, database, lastTold, told } from './journal.mjs'

const kRoot = join(import.meta.dirname, '../..')
const kTry = join(kRoot, 'deploy/cluster/try')
const kProgram = process.env.ANLAN_BIN ?? join(kRoot, 'build/anlan')
const kClients = 64, kConsoles = 8, kIncidents = 20
const kNames = ['a', 'b']
const times = Number(process.argv[2] ?? 2)

const env = { ...process.env, ANLAN_CLUSTER_DIR: process.env.ANLAN_CLUSTER_DIR ?? `/var/tmp/anlan-roll-${process.pid}`, ANLAN_LIMITS_RATE_FACTOR: '1000000', LANG: 'en_US.UTF-8' }
const trial = (...words) => execFileSync(kTry, words, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
const trying = async (...words) => (await promisify(execFile)(kTry, words, { env })).stdout.trim()

let passed = 0, failed = 0
function expect(what, wanted, found) {
  if (wanted === found) return ++passed
  ++failed
  console.log(`FAILED: ${what}: expected ${wanted}, found ${found}`)
}

const acknowledged = new Map() // key → answer
const asked = { pages: 0, commands: 0, 'sign-ins': 0, 'requests without a key': 0 }
const faults = []
let stopping = false, doing = 'before'

/** One request, once; `wanted`: another status than that of a success. */
async function ask(browser, kind, method, path, body, headers, wanted) {
  try {
    const answer = await browser.ask(method, path, body, headers)
    ++asked[kind]
    if (wanted ? answer.status !== wanted : answer.status >= 400) faults.push(`${doing}: ${method} ${path}: ${answer.status} ${answer.text.slice(0, 200)}`)
    else return answer
  } catch (error) {
    faults.push(`${doing}: ${method} ${path}: ${error.code ?? ''} ${error.message}`)
    await pause(100)
  }
}

async function client(browser, incidents, number) {
  const kPages = ['/api/v1/incidents?size=50', '/api/v1/duty/board', '/api/v1/session', '/', ...incidents.slice(0, 3).flatMap((id) => [`/api/v1/incidents/${id}`, `/api/v1/incidents/${id}/timeline`])]
  for (let i = number; !stopping; ++i) {
    if (i % 3 === 0) {
      const key = randomUUID()
      const answer = await ask(browser, 'commands', 'POST', `/api/v1/incidents/${incidents[i % incidents.length]}/notes`, { text: randomUUID() }, { 'Idempotency-Key': key })
      if (!answer) continue
      const { version, position } = JSON.parse(answer.text)
      acknowledged.set(key, { version, position })
      // Reads what it wrote, whichever process is asked.
      await ask(browser, 'pages', 'GET', `/api/v1/incidents/${incidents[i % incidents.length]}?after=${position}`)
    } else if (i % 8 === 1) {
      // The proxy may not send it a second time. It is refused for what is missing, which costs the node nothing.
      await ask(browser, 'requests without a key', 'POST', '/api/v1/session', {}, {}, 400)
    } else {
      await ask(browser, 'pages', 'GET', kPages[i % kPages.length])
    }
    await pause(60)
  }
}

/** A sign-in has no key and may not be asked twice by anybody. */
async function visitor(url) {
  while (!stopping) {
    const browser = new Browser(url)
    await ask(browser, 'sign-ins', 'POST', '/api/v1/session', { account: 'duty1', password: 'Anlan-Demo-2026' })
    browser.close()
    await pause(700)
  }
}

const kWays = {
  async drained() {
    await trying('roll')
  },
  async undrained() {
    for (const x of kNames) {
      await trying('stop', `anlan-${x}`)
      await trying('start', `anlan-${x}`)
      // The next one only when the proxy sees this one: that is what the guide asks of an operator.
      for (const end = Date.now() + 60_000; !new RegExp(`anlan\\s+${x}-1\\s+UP`).test(await trying('status')); await pause(300))
        if (Date.now() > end) throw new Error(`anlan-${x} did not come back`)
    }
  },
}

try {
  trial('up', '--anlan', '', '--port', '7800', '--ttl', '30')
  const data = join(env.ANLAN_CLUSTER_DIR, 'a/anlan')
  execFileSync(kProgram, ['demo', '--once', '--port', '0', '--data', data, '--set', `storage.url=${trial('url')}`], { env, stdio: 'ignore' })
  trial('up', '--anlan', kProgram, '--processes', '2')
  const psql = database(trial('url')), url = trial('url', 'http')
  const browsers = []
  for (let i = 0; i < 8; ++i) {
    browsers.push(new Browser(url, { sockets: kClients + 8 }))
    await browsers[i].signIn()
  }
  const incidents = []
  for (let i = 0; i < kIncidents; ++i)
    incidents.push((await browsers[0].command('/api/v1/incidents', { type: '12D02', division: '370783', summary: `演练数据 ${i}` })).id)
  const first = Number(await psql('SELECT max(position) FROM journal.fact'))
  const consoles = Array.from({ length: kConsoles }, (_, i) => new Console(browsers[i], first))
  for (const [i, console] of consoles.entries())
    console.answered = (status) => status >= 500 && faults.push(`${doing}: the feed of console ${i}: ${status}`)
  const crowd = Array.from({ length: kClients }, (_, i) => client(browsers[i % browsers.length], incidents, i))
  crowd.push(visitor(url))
  await pause(3000)
  for (let i = 0; i < times; ++i)
    for (const [name, way] of Object.entries(kWays)) {
      const before = faults.length, counted = Object.values(asked).reduce((a, b) => a + b)
      doing = `${name} ${i + 1}`
      await way()
      await pause(2000)
      const all = Object.values(asked).reduce((a, b) => a + b) - counted
      console.log(`${doing.padEnd(12)} ${all} requests, ${faults.length - before} not answered`)
      expect(`${doing}: requests that failed`, 0, faults.length - before)
      expect(`${doing}: requests were made meanwhile`, true, all > 10 * kClients)
    }
  stopping = true
  await Promise.all(crowd)
  const kinds = new Set(faults.map((one) => one.replace(/[0-9A-Z]{26}/, 'ID')))
  for (const one of [...kinds].slice(0, 20)) console.log(one)
  const last = await lastTold(psql)
  for (const end = Date.now() + 20_000; Date.now() < end && consoles.some((one) => one.after < last); ) await pause(200)
  consoles.forEach((one) => one.close())
  const { lost, elsewhere, twice, gaps } = await compare(psql, acknowledged)
  expect('acknowledged commands lost, elsewhere, twice; streams with a gap', '0 0 0 0', [lost, elsewhere, twice, gaps].join(' '))
  const wanted = await told(psql, first)
  for (const [i, console] of consoles.entries())
    expect(`what console ${i} was told of`, `${wanted.length} facts, all in order`, compared(wanted, console.seen))
  expect('every console was at both processes or came back', true, consoles.every((one) => one.opened > times))
  console.log(Object.entries(asked).map(([kind, count]) => `${count} ${kind}`).join(', '))
  browsers.forEach((browser) => browser.close())
} finally {
  stopping = true
  spawnSync(kTry, ['down', '--wipe'], { env })
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
