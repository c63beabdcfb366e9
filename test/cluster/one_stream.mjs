// one_stream COMMANDS [SEED]: many clients at two processes give commands to one stream, while whichever process holds the timers is stopped for
// longer than its lease, or robbed of it. Afterwards the journal itself must tell: versions from 1 without a gap, every
// acknowledged command once and where its answer said, every conflict a refusal, and no work of a lease by anybody but
// its holder. test/cli plays it small, `make onestream` with 100,000 commands.
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { done, kRoot, run, serve } from '../cli/program.mjs'
import { Browser, chance as seeded } from './client.mjs'
import { compare, database } from './journal.mjs'

const kNames = ['one', 'two']
const kLongestPause = 90_000

// Who wrote each look at the lease and each word of the timers, and whose the lease was in that same transaction.
const kWatch = `
  CREATE SCHEMA watch;
  CREATE TABLE watch.lease (seq bigserial, process text, holder text, fence bigint, beat bigint);
  CREATE TABLE watch.word (position bigint, process text, holder text, fence bigint);
  CREATE FUNCTION watch.look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO watch.lease (process, holder, fence, beat)
      VALUES (current_setting('application_name'), NEW.holder, NEW.fence, NEW.beat);
    RETURN NULL; END $$;
  CREATE FUNCTION watch.speak() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO watch.word SELECT NEW.position, current_setting('application_name'), holder, fence
      FROM journal.lease WHERE work = 'timers';
    RETURN NULL; END $$;
  CREATE TRIGGER watch AFTER INSERT OR UPDATE ON journal.lease FOR EACH ROW WHEN (NEW.work = 'timers')
    EXECUTE FUNCTION watch.look();
  CREATE TRIGGER watch AFTER INSERT ON journal.fact FOR EACH ROW
    WHEN (NEW.type IN ('clock.reminded', 'clock.overdue')) EXECUTE FUNCTION watch.speak();`

async function until(true_now, longest = kLongestPause) {
  for (const end = Date.now() + longest; !(await true_now()); await pause(200)) if (Date.now() > end) return false
  return true
}

/** A play on a database of its own at `server`; `say` is told how it goes. */
class Play {
  acknowledged = new Map() // key → {version, position}
  refused = new Set() // keys of commands that were refused for good
  faults = []
  figures = { conflicts: 0, 'conflicts retried with success': 0, 'refused for good': 0, 'repeated at the other process': 0, 'keys used for something else, refused': 0, 'asked again after a broken line': 0, 'duels won by one': 0, 'words of the timers': 0, 'stopped for longer than the lease': 0, 'leases taken away': 0 }
  reminding = new Set() // incidents that must be reminded of
  stopping = false

  constructor(options) {
    Object.assign(this, { clients: 64, pace: 0, pauses: 2, robberies: 1, seed: 1, say: () => {} }, options)
    this.chance = seeded(this.seed)
    this.name = `anlan_one_stream_${process.pid}`
    this.url = this.server.replace(/\/[^/?]*(\?|$)/, `/${this.name}$1`)
    this.psql = database(this.url)
  }
  fault(what) {
    if (this.faults.length < 50) this.faults.push(what)
  }
  expect(what, wanted, found) {
    if (JSON.stringify(wanted) !== JSON.stringify(found)) this.fault(`${what}: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`)
  }

  async up() {
    execFileSync('psql', ['-qAt', this.server, '-c', `CREATE DATABASE ${this.name} TEMPLATE template0 ENCODING 'UTF8'`])
    const at = (name) => `${this.folder}/${name}`
    await done('demo', '--once', '--port', '0', '--data', at('one'), '--set', `storage.url=${this.url}`)
    mkdirSync(at('two'))
    cpSync(at('one/keys'), at('two/keys'), { recursive: true })
    await this.psql(kWatch)
    this.nodes = {}
    this.browsers = []
    const named = `${this.url}${this.url.includes('?') ? '&' : '?'}application_name=`
    for (const name of kNames) {
      this.nodes[name] = await serve(at(name), { more: ['--set', `storage.url=${named}${name}`, 'limits.rate_factor=1000000'] })
      // A process that stands still answers when it goes on.
      this.browsers.push(new Browser(this.nodes[name].url, { sockets: this.clients + 8, patience: 2 * kLongestPause }))
    }
    await this.browsers[0].signIn()
    this.browsers[1].cookie = this.browsers[0].cookie
    this.incident = await this.takeDown(new Date())
    this.path = `/api/v1/incidents/${this.incident}/grade`
    this.version = Number(await this.psql(`SELECT max(version) FROM journal.fact WHERE stream = 'incident/${this.incident}'`))
  }
  async down() {
    this.stopping = true
    this.browsers?.forEach((browser) => browser.close())
    for (const node of Object.values(this.nodes ?? {})) {
      node.signal('SIGCONT')
      await node.stop()
    }
    execFileSync('psql', ['-qAt', this.server, '-c', `DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`])
  }

  async takeDown(learnt) {
    const learnt_at = learnt.toISOString().replace(/\.\d+Z$/, 'Z')
    const browser = this.browsers[Math.floor(this.chance() * 2)]
    return (await browser.command('/api/v1/incidents', { type: '12D02', division: '370783', summary: '装卸管线泄漏', occurred_at: learnt_at, learnt_at })).id
  }

  /** The answer to a command of the stream, wherever it was got from. */
  async give(browser, key, text, headers = {}) {
    for (;;) {
      try {
        const answer = await browser.ask('POST', this.path, { grade: 'larger', reason: text }, { 'Idempotency-Key': key, ...headers })
        const body = JSON.parse(answer.text)
        if (answer.status < 300) this.acknowledge(key, body)
        else if (answer.status !== 409) this.fault(`a command was answered ${answer.status}: ${answer.text}`)
        return { status: answer.status, replayed: answer.headers['idempotency-replayed'] === 'true', ...body }
      } catch (error) {
        if (this.stopping || error instanceof SyntaxError) throw error
        ++this.figures['asked again after a broken line']
        await pause(50)
      }
    }
  }
  acknowledge(key, { version, position }) {
    const before = this.acknowledged.get(key)
    if (before) this.expect(`the answer to ${key} when asked again`, before, { version, position })
    this.acknowledged.set(key, { version, position })
    this.version = Math.max(this.version, version)
  }

  // What a client does; each once, with a key of its own.
  async plainly(browser) {
    await this.give(browser, randomUUID(), randomUUID())
  }
  /** By the version that was seen last; told of another one it looks again, three times. */
  async by_version(browser) {
    const key = randomUUID(), text = randomUUID()
    let expected = this.version
    for (let tries = 0; tries < 4; ++tries) {
      const answer = await this.give(browser, key, text, { 'If-Match': `"${expected}"` })
      if (answer.status < 300) {
        this.expect('the version after the one that was expected', expected + 1, answer.version)
        if (tries > 0) ++this.figures['conflicts retried with success']
        return
      }
      ++this.figures.conflicts
      this.expect('the code of a conflict', 'version.stale', answer.code)
      expected = Math.max(expected, this.version)
    }
    ++this.figures['refused for good']
    this.refused.add(key)
  }
  /** The same at both processes, at once. */
  async twice() {
    const key = randomUUID(), text = randomUUID()
    const both = await Promise.all(this.browsers.map((browser) => this.give(browser, key, text)))
    this.expect('both answers to one key', both[0].position, both[1].position)
    this.expect('one of two answers is the repeated one', 1, both.filter((one) => one.replayed).length)
    ++this.figures['repeated at the other process']
  }
  async with_a_used_key(browser) {
    const key = randomUUID()
    await this.give(browser, key, randomUUID())
    const other = this.browsers.find((one) => one !== browser)
    const answer = await this.give(other, key, randomUUID())
    this.expect('a key that was used for something else', [409, 'key.reused'], [answer.status, answer.code])
    ++this.figures['keys used for something else, refused']
  }

  async client(browser) {
    try {
      while (!this.stopping) {
        const dice = this.chance()
        if (dice < 0.75) await this.plainly(browser)
        else if (dice < 0.9) await this.by_version(browser)
        else if (dice < 0.98) await this.twice()
        else await this.with_a_used_key(browser)
        if (this.pace) await pause(this.pace)
      }
    } catch (error) {
      if (!this.stopping) this.fault(`a client gave up: ${error.message}`)
    }
  }

  /** With nobody else there: both at the same version at once, and one of them wins. */
  async duels(rounds) {
    for (let i = 0; i < rounds; ++i) {
      const headers = { 'If-Match': `"${this.version}"` }, keys = [randomUUID(), randomUUID()]
      const both = await Promise.all(this.browsers.map((browser, k) => this.give(browser, keys[k], randomUUID(), headers)))
      const lost = both.findIndex((one) => one.status === 409)
      this.expect('a duel has one winner', [200, 409], both.map((one) => one.status).sort())
      if (lost < 0) continue
      ++this.figures.conflicts
      ++this.figures['duels won by one']
      this.expect('the code of a conflict', 'version.stale', both[lost].code)
      this.refused.add(keys[lost])
    }
  }

  /** Incidents whose first reminder falls due all the time: at every moment there is something that one process must say. */
  async registrar() {
    try {
      while (!this.stopping) {
        this.reminding.add(await this.takeDown(new Date(Date.now() - 10 * 60_000 + 2000)))
        await pause(250)
      }
    } catch (error) {
      this.fault(`the registrar gave up: ${error.message}`)
    }
  }

  async holder() {
    const [process, fence] = (await this.psql('SELECT process, fence FROM watch.lease ORDER BY seq DESC LIMIT 1')).split('|')
    return { process, fence: Number(fence) }
  }
  /** Until somebody holds the lease behind a higher fence and has said something; then whoever stood still goes on. */
  async handed_over(before) {
    const words = `SELECT count(*) FROM watch.word WHERE fence > ${before.fence}`
    return until(async () => (await this.holder()).fence > before.fence && Number(await this.psql(words)) > 0)
  }
  async stop_the_holder() {
    const before = await this.holder()
    this.nodes[before.process].signal('SIGSTOP')
    const taken = await this.handed_over(before)
    this.nodes[before.process].signal('SIGCONT')
    this.expect('the work went over from a process that stood still', true, taken)
    this.expect('to the other one', kNames.find((name) => name !== before.process), (await this.holder()).process)
    ++this.figures['stopped for longer than the lease']
    await pause(3000)
  }
  /** The holder does not know it until its next look, and goes on giving commands behind the old fence. */
  async rob_the_holder() {
    const before = await this.holder()
    await this.psql(`BEGIN; SELECT locked FROM journal.writer FOR UPDATE;
      UPDATE journal.lease SET holder = 'robber', fence = fence + 1, beat = 0 WHERE work = 'timers'; COMMIT`)
    this.expect('somebody took the work from who is silent', true, await this.handed_over({ fence: before.fence + 1 }))
    ++this.figures['leases taken away']
  }
  async strikes() {
    const all = [...Array(this.pauses).fill('stop_the_holder'), ...Array(this.robberies).fill('rob_the_holder')]
    for (const [i, strike] of all.entries()) {
      await until(() => this.stopping || this.acknowledged.size >= (this.commands * i) / all.length, 1 << 30)
      if (this.stopping) return
      await this[strike]()
      this.say(`${this.acknowledged.size} acknowledged, ${strike.replaceAll('_', ' ')}: the fence is ${(await this.holder()).fence}`)
    }
  }

  async play() {
    await until(async () => Number(await this.psql('SELECT count(*) FROM watch.lease')) > 0)
    const start = Date.now()
    const clients = Array.from({ length: this.clients }, (_, i) => this.client(this.browsers[i % 2]))
    const registrar = this.registrar()
    const most = Promise.all([this.strikes(), until(() => this.acknowledged.size >= this.commands || this.faults.length > 0, 1 << 30)])
    await most
    this.stopping = true
    await Promise.all([...clients, registrar])
    this.seconds = (Date.now() - start) / 1000
    this.figures['commands acknowledged'] = this.acknowledged.size
    this.stopping = false
    await this.duels(Math.max(20, this.commands / 100))
    await pause(3000) // what fell due last
    await this.look()
  }

  async look() {
    const stream = `incident/${this.incident}`
    const one = async (text) => Number(await this.psql(text))
    const found = await compare(this.psql, this.acknowledged)
    this.expect('acknowledged commands lost, elsewhere, twice; streams with a gap', { lost: 0, elsewhere: 0, twice: 0, gaps: 0 }, found)
    const [first, last, count] = (await this.psql(`SELECT min(version), max(version), count(*) FROM journal.fact WHERE stream = '${stream}'`)).split('|').map(Number)
    this.expect('versions of the stream', [1, count], [first, last])
    this.figures['versions of the stream'] = count
    // Whatever stands there was acknowledged: what was refused is not, and what broke off was asked for until it was told.
    const graded = (await this.psql(`SELECT cause FROM journal.fact WHERE stream = '${stream}' AND type = 'incident.graded'`)).split('\n')
    this.expect('gradings in the journal', this.acknowledged.size, graded.length)
    this.expect('refused commands in the journal', 0, graded.filter((key) => this.refused.has(key)).length)
    await this.look_at_the_lease(one)
    const verified = JSON.parse((await run(['verify', '--json', this.url])).out)
    this.expect('the journal is sound', true, verified.sound)
  }
  async look_at_the_lease(one) {
    const changes = `(SELECT *, lag(fence) OVER w AS fence_before, lag(holder) OVER w AS holder_before FROM watch.lease WINDOW w AS (ORDER BY seq)) l`
    this.expect('looks by which the fence fell, or rose by more than one', 0, await one(`SELECT count(*) FROM ${changes} WHERE fence - fence_before NOT IN (0, 1)`))
    this.expect('holders that changed without a higher fence', 0, await one(`SELECT count(*) FROM ${changes} WHERE holder <> holder_before AND holder <> '' AND fence <> fence_before + 1`))
    this.expect('fences of more than one process', 0, await one(`SELECT count(*) FROM (SELECT 1 FROM watch.lease WHERE holder NOT IN ('', 'robber') GROUP BY fence HAVING count(DISTINCT process || holder) > 1) f`))
    this.figures['highest fence'] = (await this.holder()).fence
    const whose = `(SELECT DISTINCT holder, process FROM watch.lease WHERE holder NOT IN ('', 'robber')) h`
    this.figures['words of the timers'] = await one('SELECT count(*) FROM watch.word')
    this.expect('words by a process that did not hold the lease', 0, await one(`SELECT count(*) FROM watch.word w WHERE NOT EXISTS (SELECT 1 FROM ${whose} WHERE h.holder = w.holder AND h.process = w.process)`))
    this.expect('words that were said twice', 0, await one(`SELECT count(*) FROM (SELECT 1 FROM journal.fact WHERE type IN ('clock.reminded', 'clock.overdue') GROUP BY stream, type, body HAVING count(*) > 1) t`))
    const silent = async () => {
      const spoken = new Set((await this.psql(`SELECT DISTINCT split_part(stream, '/', 2) FROM journal.fact WHERE type = 'clock.reminded'`)).split('\n'))
      return [...this.reminding].filter((incident) => !spoken.has(incident)).length
    }
    await until(async () => (await silent()) === 0, 30_000)
    this.expect('incidents that nobody was reminded of', 0, await silent())
    this.figures['incidents with a reminder'] = this.reminding.size
  }
}

/** Options: server (URL), folder, commands, clients, pauses, robberies, pace (ms a client waits). Answers {faults, figures}. */
export async function one_stream(options) {
  const play = new Play(options)
  try {
    await play.up()
    await play.play()
  } finally {
    await play.down()
  }
  return { faults: play.faults, figures: { ...play.figures, 'commands acknowledged/s': Math.round(play.figures['commands acknowledged'] / play.seconds) } }
}

if (process.argv[1] === import.meta.filename) {
  const setup = (...words) => execFileSync(join(kRoot, 'tools/setup/postgres'), words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim()
  const place = join(kRoot, 'build/one-stream')
  const server = setup('start', place)
  const folder = mkdtempSync(join(tmpdir(), 'anlan-one-stream-'))
  try {
    const { faults, figures } = await one_stream({ server, folder, commands: Number(process.argv[2] ?? 100_000), pauses: 6, robberies: 6, seed: Number(process.argv[3] ?? 1), say: console.log })
    for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(40)} ${value}`)
    faults.forEach((one) => console.log(`FAILED: ${one}`))
    process.exitCode = faults.length === 0 ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true })
    setup('stop', place)
  }
}
