// A broker that others wrote (mosquitto), and devices on it that do what docs/loudspeaker-commands.md asks of them.
import { execFileSync, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { kRoot } from './program.mjs'

/** What the devices of these tests share. */
export const kDeviceSecret = '0123456789abcdef-village-7'

const children = new Set()
/** Of a test file that is over. */
export const endAll = () => { for (const child of children) child.kill('SIGKILL') }

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
export async function broker(at, name, tls) {
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
    self.child = start('/usr/sbin/mosquitto', ['-c', at(`${name}.conf`)], { stdio: 'ignore' })
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
export async function devices(broker, { answers = (device, payload) => payload, hears = (device, payload) => [payload] } = {}) {
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
      const child = start(`${kRoot}/build/loudspeaker_device`, [name, kDeviceSecret], { stdio: ['pipe', 'pipe', 'inherit'] })
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
