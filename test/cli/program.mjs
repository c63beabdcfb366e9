// The program itself, as a shell would run it.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import assert from 'node:assert/strict'

export const kRoot = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..')
export const kProgram = process.env.ANLAN_BIN ?? join(kRoot, 'build/anlan')
const kBare = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(ANLAN_|LC_|LANG)/.test(name)))

/** Runs to its end: `{code, out, err}`. English unless `env` or the words say otherwise; `within`: words of what starts it. */
export function run(words, { env = {}, within = [] } = {}) {
  const [file, ...rest] = [...within, kProgram, ...words]
  const child = spawn(file, rest, { cwd: kRoot, env: { ...kBare, LANG: 'en_US.UTF-8', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (part) => (said.out += part))
  child.stderr.setEncoding('utf8').on('data', (part) => (said.err += part))
  return new Promise((done, failed) => {
    child.on('error', failed)
    child.on('close', (code, signal) => done({ code: code ?? signal, ...said }))
  })
}

/** The same where it must succeed. */
export async function done(...words) {
  const ran = await run(words)
  assert.equal(ran.code, 0, `${words.join(' ')}: ${ran.out}${ran.err}`)
  return ran
}

/** `anlan serve` on a port of its own; `words` before it make another program start it from a shell's line, `within` from words. */
export async function serve(data, { words = [], within = [], more = [], port = 0, env = {} } = {}) {
  const own = [kProgram, 'serve', '--data', data, '--port', String(port), ...more]
  const [file, ...line] = words.length > 0 ? [...words, own.join(' '), '/dev/null'] : [...within, ...own]
  const child = spawn(file, line, { cwd: kRoot, env: { ...kBare, LANG: 'en_US.UTF-8', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise((resolved) => child.on('close', (code, signal) => resolved(code ?? signal)))
  const node = { said: '', pid: child.pid, ended }
  node.url = await new Promise((found, failed) => {
    const listen = (part) => {
      node.said += part
      const address = node.said.match(/Serving at (http:\/\/[\d.:]+)/)
      if (address) found(address[1])
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    ended.then((code) => failed(new Error(`the node ended with ${code}: ${node.said}`)))
  })
  node.signal = (name) => child.kill(name)
  node.stop = async () => {
    child.kill('SIGTERM')
    return ended
  }
  return node
}

/** A folder for one test file, gone after it. */
export function scratch(after) {
  const folder = mkdtempSync(join(tmpdir(), 'anlan-cli-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return (name) => join(folder, name)
}

/** Asks again until it is so. */
export async function until(what, longest = 60_000) {
  for (const end = Date.now() + longest; ; await pause(100)) {
    const value = await what()
    if (value) return value
    assert.ok(Date.now() < end, `${what} did not become true`)
  }
}
