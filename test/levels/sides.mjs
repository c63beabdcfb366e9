// A city and a county as processes at the two ends of a line, and their desks, who go on asking while their node is away.
import { randomUUID } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { settle } from '../../tools/levels/nodes.mjs'
import { Client } from '../api/client.mjs'
import { run, serve } from '../cli/program.mjs'

export const kCounty = 'county-370783', kCity = 'wf-emergency', kCityChief = 'p-leader1'
const kPassword = 'Anlan-Demo-2026', kPort = 8470
const kFacts = ['incident', 'parties', 'report', 'receipt', 'instruction', 'clocks', 'duty', 'organisation', 'person', 'node']

async function must(words, options) {
  const ran = await run(words, options)
  if (ran.code !== 0) throw new Error(`${words.join(' ')}: ${ran.out}${ran.err}`)
  return ran.out
}

/** Somebody at a console who signs in again where a session has ended, and asks again, with the same key, whoever does not answer. */
export class Desk {
  refusals = 0
  constructor(side, account) {
    Object.assign(this, { side, account })
  }

  async ask(method, path, body, key) {
    for (;; await pause(50)) {
      try {
        this.client ??= await Client.signIn(this.side.url, this.account, kPassword)
        const answer = method === 'GET' ? await this.client.ask('GET', path) : await this.client.post(path, body, { key })
        if (answer.status === 401) this.client = null
        else if (answer.status < 500 && answer.status !== 429) return answer
      } catch (error) {
        if (error.code === 'ERR_ASSERTION' && !/ 50\d| 429/.test(error.message)) throw error
      }
    }
  }

  async get(path) {
    return (await this.ask('GET', path)).json
  }

  async command(path, body, key = randomUUID()) {
    const answer = await this.ask('POST', path, body, key)
    if (answer.status < 300) return answer.json
    throw new Error(`POST ${path}: ${answer.status} ${answer.text}`)
  }
}

export class Side {
  constructor(name, end, folder, env) {
    Object.assign(this, { name, end, env, folder: join(folder, name) })
    const set = { 'node.id': name, 'http.address': end.outside, 'limits.rate_factor': 1_000_000, 'session.idle_minutes': 720 }
    if (name === 'city') Object.assign(set, { 'federation.address': end.address, 'federation.port': kPort })
    else set['node.division'] = '370783'
    this.more = Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`])
    this.words = ['--data', this.folder, ...this.more]
  }

  desk(account) {
    return new Desk(this, account)
  }

  async start() {
    this.node = await serve(this.folder, { within: this.end.within, more: this.more, port: kPort + 1, env: this.env })
    this.url = this.node.url
  }

  async stop() {
    await this.node?.stop()
    this.node = null
  }

  /** At once, as a power cut does. */
  async kill() {
    this.node.signal('SIGKILL')
    await this.node.ended
  }

  /** What sqlite says of the journal, beside which the other side's stands as `other`; never writes. */
  look(text, other) {
    const open = (side) => `file:${join(side.folder, 'journal.db')}?mode=ro`
    const attach = other ? `ATTACH '${open(other)}' AS other;` : ''
    return execFileSync('sqlite3', ['-readonly', '-bail', open(this)], { input: `${attach}${text};`, encoding: 'utf8' }).trim()
  }

  head() {
    return Number(this.look('SELECT max(position) FROM fact'))
  }

  /** How many facts this side recorded behind position `after`, on streams that leave it, are not on the other one just so. */
  notAt(other, after = 0, kinds = kFacts) {
    const kind = kinds.map((one) => `mine.stream LIKE '${one}/%'`).join(' OR ')
    const same = ['stream', 'version', 'type', 'recorded_at', 'actor', 'cause', 'body'].map((one) => `its.${one} = mine.${one}`).join(' AND ')
    return Number(this.look(`SELECT count(*) FROM fact mine WHERE mine.node = '${this.name}' AND mine.position > ${after} AND (${kind})
      AND NOT EXISTS (SELECT 1 FROM other.fact its WHERE its.node = mine.node AND its.node_sequence = mine.node_sequence AND ${same})`, other))
  }

  async verify() {
    const { sound, facts } = JSON.parse(await must(['verify', '--json', this.folder]))
    const nodes = JSON.parse(await must(['nodes', '--json', ...this.words]))
    return { sound, facts, refused: nodes.reduce((sum, one) => sum + one.refused, 0) }
  }
}

/** The demo city, and its county Shouguang joined to it over the line; both are put into `sides` at once. */
export async function found(sides, line, folder, env) {
  const city = (sides.city = new Side('city', line.city, folder, env)), county = (sides.county = new Side('county', line.county, folder, env))
  await must(['demo', '--once', '--port', '0', '--data', city.folder, '--set', 'node.id=city'], { env })
  await city.start()
  const { code } = JSON.parse(await must(['invite', 'county', kCounty, '--json', ...city.words], { env }))
  await must(['join', code, ...county.words], { env, within: line.county.within })
  const given = []
  for (const [name, person, role] of [['desk', 'p-shouguang', 'county_officer'], ['leader', 'p-shouguang-leader', 'leader']])
    given.push([name, JSON.parse(await must(['user', 'add', name, '--person', person, '--role', role, '--json', ...county.words], { env })).one_time_password])
  await county.start()
  for (const [name, oneTime] of given) await settle(county.url, name, oneTime, kPassword)
  return { city, county }
}
