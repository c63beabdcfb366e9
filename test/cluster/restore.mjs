// restore: a cluster that archives its log, all of it started by deploy/cluster/try on this machine, is backed up, goes on
// working, loses facts to a mistake in SQL, and is brought back twice: to the moment before the mistake, and from there
// to the end of what it did afterwards. Prints "N passed, N failed".
import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Browser } from './client.mjs'
import { database } from './journal.mjs'

const kRoot = join(import.meta.dirname, '../..')
const kTry = join(kRoot, 'deploy/cluster/try')
const kProgram = process.env.ANLAN_BIN ?? join(kRoot, 'build/anlan')
const env = { ...process.env, ANLAN_CLUSTER_DIR: process.env.ANLAN_CLUSTER_DIR ?? `/var/tmp/anlan-restore-${process.pid}`, LANG: 'en_US.UTF-8' }
const trial = (...words) => execFileSync(kTry, words, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
const verified = () => JSON.parse(spawnSync(kProgram, ['verify', '--json', trial('url')], { env, encoding: 'utf8' }).stdout)

let passed = 0, failed = 0
function expect(what, wanted, found) {
  if (JSON.stringify(wanted) === JSON.stringify(found)) return ++passed
  ++failed
  console.log(`FAILED: ${what}: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`)
}

/** Twenty notes by somebody who signs in for it. */
async function work() {
  const browser = new Browser(trial('url', 'http'))
  await browser.signIn()
  const incidents = JSON.parse((await browser.ask('GET', '/api/v1/incidents')).text)
  for (let i = 0; i < 20; ++i) await browser.command(`/api/v1/incidents/${incidents.items[0].id}/notes`, { text: `note ${i}` })
  browser.close()
}

try {
  trial('up', '--anlan', '', '--port', '7800', '--ttl', '30', '--backup')
  const data = join(env.ANLAN_CLUSTER_DIR, 'a/anlan'), psql = database(trial('url'))
  execFileSync(kProgram, ['demo', '--once', '--port', '0', '--data', data, '--set', `storage.url=${trial('url')}`], { env, stdio: 'ignore' })
  trial('up', '--anlan', kProgram, '--processes', '2')
  trial('backup')
  await work()
  const before = verified()
  await pause(1000)
  const moment = await psql('SELECT now()')
  await pause(1000)
  await psql('DELETE FROM journal.fact WHERE position > 100')
  const spoilt = verified()
  expect('the mistake is found', [false, 100], [spoilt.sound, spoilt.facts])

  console.log(trial('restore', moment))
  const restored = verified()
  expect('what was restored is sound and ends with the same fact', [true, before.facts, before.head], [restored.sound, restored.facts, restored.head])
  expect('the cluster is whole again', true, spawnSync(kTry, ['well'], { env }).status === 0)
  await work()
  const after = verified()
  expect('the node goes on', true, after.sound && after.facts > before.facts + 20)

  trial('backup')
  await work()
  const last = verified()
  for (const x of ['a', 'b']) trial('stop', `anlan-${x}`)
  const ended = verified()
  console.log(trial('restore'))
  const end = verified()
  expect('restored to the end of the log nothing is missing', [true, true], [end.sound, end.facts >= ended.facts && ended.facts >= last.facts])
} finally {
  spawnSync(kTry, ['down', '--wipe'], { env })
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
