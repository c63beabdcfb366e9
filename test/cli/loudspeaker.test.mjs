// Commands to loudspeakers through a broker that others wrote (mosquitto), to devices that do what
// docs/loudspeaker-commands.md asks of them.
import { after, describe, test } from 'node:test'
import { execFileSync, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import assert from 'node:assert/strict'
import { campaign as campaignAt, certificates } from './channel.mjs'
import { kRoot, scratch } from './program.mjs'

const kSecret = '0123456789abcdef-village-7'
const at = scratch(after)
const campaign = (...words) => campaignAt(at, ...words)
const children = new Set()
after(() => { for (const child of children) child.kill('SIGKILL') })

function start(file, words, options) {
  const child = spawn(file, words, options)
  children.add(child)
  child.on('close', () => children.delete(child))
  return child
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/** Words of mosquitto's own clients. */
const clientWords = ({ port, ca }) => ['-h', 'localhost', '-p', port, ...(ca ? ['--cafile', ca, '-u', 'device', '-P', 'device08'] : [])]

/** A broker on a port of its own; with `tls` whoever has no password is not let in. */
async function broker(name, tls) {
  const port = await freePort()
  const lines = [`listener ${port} localhost`, 'persistence false', 'log_dest none', `allow_anonymous ${!tls}`]
  if (tls) {
    execFileSync('mosquitto_passwd', ['-c', '-b', at(`${name}.users`), 'device', 'device08'])
    execFileSync('mosquitto_passwd', ['-b', at(`${name}.users`), 'anlan', 'secret08'])
    lines.push(`cafile ${tls.ca}`, `certfile ${tls.certFile}`, `keyfile ${tls.keyFile}`, `password_file ${at(`${name}.users`)}`)
  }
  if (process.getuid() === 0) lines.push('user root')
  writeFileSync(at(`${name}.conf`), lines.join('\n') + '\n')
  const self = { port, ca: tls?.ca }
  self.begin = async () => {
    self.child = start('mosquitto', ['-c', at(`${name}.conf`)], { stdio: 'ignore' })
    for (let i = 0; i < 200; i++) {
      try {
        return execFileSync('mosquitto_pub', [...clientWords(self), '-t', 'ready', '-m', '1'], { stdio: 'ignore' })
      } catch { await pause(50) }
    }
    throw new Error('the broker does not begin')
  }
  self.kill = async () => { self.child.kill('SIGKILL'); await once(self.child, 'close') }
  await self.begin()
  return self
}

/** Devices on the broker. `answers(device, payload)`: what is published instead of the device's own answer. */
async function devices(broker, { answers = (device, payload) => payload, hears = (device, payload) => [payload] } = {}) {
  const self = { heard: [], judged: [], published: [], processes: new Map() }
  // Until the broker has it, or the test is over.
  const publish = async (device, payload) => {
    for (let code = 1; code !== 0 && !self.closed; await pause(code && 100)) {
      const child = start('mosquitto_pub', [...clientWords(broker), '-q', '1', '-t', `town/${device}/answer`, '-s'], { stdio: ['pipe', 'ignore', 'ignore'] })
      child.stdin.on('error', () => {}).end(payload);
      [code] = await once(child, 'close')
    }
  }
  const deviceOf = (name) => {
    if (!self.processes.has(name)) {
      const child = start(`${kRoot}/build/loudspeaker_device`, [name, kSecret], { stdio: ['pipe', 'pipe', 'inherit'] })
      createInterface({ input: child.stdout }).on('line', async (line) => {
        const [judgement, answer] = line.split(' ')
        self.judged.push(`${name} ${judgement}`)
        if (answer) await publish(name, await answers(name, Buffer.from(answer, 'hex'), self.published))
        self.published.push(name)
      })
      self.processes.set(name, child)
    }
    return self.processes.get(name)
  }
  const listening = start('mosquitto_sub', [...clientWords(broker), '-q', '1', '-t', 'town/+/command', '-F', '%t %x'], { stdio: ['ignore', 'pipe', 'ignore'] })
  createInterface({ input: listening.stdout }).on('line', (line) => {
    const [topic, hex] = line.split(' ')
    const name = topic.split('/')[1]
    if (name === 'ready') { self.ready = true; return }
    self.heard.push(hex)
    for (const payload of hears(name, Buffer.from(hex, 'hex'))) deviceOf(name).stdin.write(payload.toString('hex') + '\n')
  })
  self.isReady = async () => {
    for (self.ready = false; !self.ready; await pause(50)) {
      try { execFileSync('mosquitto_pub', [...clientWords(broker), '-t', 'town/ready/command', '-m', 'x'], { stdio: 'ignore' }) } catch { /* not yet */ }
    }
  }
  self.close = () => { self.closed = true; listening.kill(); for (const child of self.processes.values()) child.kill() }
  await self.isReady()
  return self
}

describe('loudspeakers on a broker that others wrote', { timeout: 400_000 }, () => {
  for (const version of [3, 5]) {
    test(`play what they are told, by MQTT ${version}, and what they answer comes back`, async () => {
      const mosquitto = await broker(`plain${version}`)
      const speakers = await devices(mosquitto)
      const { states } = await campaign(`speakers${version}`, 'loudspeaker', 6, { port: mosquitto.port, version, accepted: 1 }).ended
      speakers.close()
      await mosquitto.kill()
      assert.deepEqual(states, { delivered: 6 })
      assert.deepEqual(speakers.judged.sort(), Array.from({ length: 6 }, (_, i) => `device-${i} play`).sort())
    })
  }

  test('refuse what is replayed or changed, and the gateway believes no answer that is not theirs', async () => {
    const mosquitto = await broker('hostile')
    const changed = (payload) => Buffer.from(payload.toString().replace('"volume":80', '"volume":99'))
    let overheard
    const speakers = await devices(mosquitto, {
      hears: (name, payload) => {
        if (name === 'device-1') return [payload, payload]
        if (name === 'device-2') return [changed(payload), payload]
        if (name === 'device-3') { overheard = payload; return [] }
        return name === 'device-4' ? [overheard] : [payload]
      },
      answers: async (name, payload, published) => {
        if (name === 'device-7') while (!published.includes('device-5') || !published.includes('device-6')) await pause(10)
        if (name === 'device-5') return Buffer.from(payload.toString().replace('played', 'broken')) // not signed so
        return name === 'device-6' ? Buffer.from('nonsense') : payload
      },
    })
    const { states } = await campaign('hostile_run', 'loudspeaker', 8, { port: mosquitto.port, accepted: 1, known: 4 }).ended
    speakers.close()
    await mosquitto.kill()
    assert.deepEqual(states, { accepted: 4, delivered: 4 }) // of 3, 4, 5 and 6 nobody knows
    assert.deepEqual(speakers.judged.sort(), ['device-0 play', 'device-1 play', 'device-1 replayed', 'device-2 forged', 'device-2 play',
      'device-4 not_mine', 'device-5 play', 'device-6 play', 'device-7 play'])
  })

  test('are reached by TLS with a password, and a broker that is another one is told nothing', async () => {
    const tls = certificates(at)
    const mosquitto = await broker('tls', tls)
    const speakers = await devices(mosquitto)
    const own = { port: mosquitto.port, tls: 1, ca: tls.ca, account: 'anlan', secret: 'secret08' }
    assert.deepEqual((await campaign('tls_run', 'loudspeaker', 3, { ...own, accepted: 1 }).ended).states, { delivered: 3 })
    const wrong = await campaign('tls_wrong', 'loudspeaker', 3, { ...own, secret: 'wrong', down: 1 }).ended
    const stranger = await campaign('tls_stranger', 'loudspeaker', 3, { ...own, ca: '', down: 1 }).ended
    speakers.close()
    await mosquitto.kill()
    for (const one of [wrong, stranger]) assert.deepEqual([one.states, one.connected], [{ ready: 3 }, false])
    assert.match(wrong.why, /refuses/)
    assert.equal(speakers.heard.length, 3)
  })
})

describe('loudspeakers', { timeout: 400_000 }, () => {
  test('whose broker is killed in the middle play nothing twice, and nothing stays in flight', async () => {
    const mosquitto = await broker('killed')
    const speakers = await devices(mosquitto)
    const { ended } = campaign('killed_run', 'loudspeaker', 30, { port: mosquitto.port, patience: 2000, rate: 40 })
    while (speakers.heard.length < 5) await pause(5)
    await mosquitto.kill()
    await pause(300)
    await mosquitto.begin()
    const { states, connected } = await ended
    await pause(1000)
    speakers.close()
    await mosquitto.kill()
    assert.equal(connected, true)
    assert.equal((states.delivered ?? 0) + (states.accepted ?? 0), 30, JSON.stringify(states))
    const played = speakers.judged.filter((one) => one.endsWith(' play'))
    assert.equal(new Set(played).size, played.length, 'a device played a command twice')
    assert.ok(speakers.judged.every((one) => /play|repeated/.test(one)), JSON.stringify(speakers.judged))
  })
})
