// A whole node of the demo city, fresh, on a port of its own, for one test file.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Client } from './client.mjs'

export const kPassword = 'Anlan-Demo-2026'
const kRoot = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..')

/** A new database of the server that ANLAN_TEST_POSTGRES names, as the node's configuration; nothing where none is named. */
function storeOfItsOwn() {
  const server = process.env.ANLAN_TEST_POSTGRES
  if (!server) return {}
  const name = `anlan_node_${process.pid}_${Date.now()}`
  execFileSync('psql', [server, '-qc', `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`])
  return { ANLAN_STORAGE_URL: server.replace(/\/[^/?]*(\?|$)/, `/${name}$1`) }
}

/** Plays the demo's first incident at once, then goes on serving. `data`: a folder that is kept; `words`: more of the command line. */
export async function startNode({ data: own, words = [] } = {}) {
  const data = own ?? mkdtempSync(join(tmpdir(), 'anlan-'))
  const program = process.env.ANLAN_BIN ?? join(kRoot, 'build/anlan')
  const store = storeOfItsOwn()
  const env = { ...process.env, ...store, ANLAN_LIMITS_RATE_FACTOR: '1000', LC_ALL: 'C.UTF-8', LANG: 'en_US.UTF-8' }
  const server = spawn(program, ['demo', '--data', data, '--port', '0', '--speed', '1000', ...words], { env, cwd: kRoot })
  let said = ''
  const ended = new Promise((done) => server.on('exit', done))
  const url = await new Promise((done, failed) => {
    const listen = (part) => {
      said += part
      const served = said.match(/(?:goes on serving|继续运行)[^h]*(http:\/\/[^\s（]+)/)
      if (served) done(served[1])
    }
    server.stdout.on('data', listen)
    server.stderr.on('data', listen)
    server.on('error', failed)
    server.on('exit', (code) => failed(new Error(`the node ended with ${code}: ${said}`)))
  })
  const signedIn = new Map()
  return {
    url,
    data,
    /** What a command at the machine must know of the node's store. */
    store,
    /** The one session of an account that the test file shares. */
    as(account) {
      if (!signedIn.has(account)) signedIn.set(account, Client.signIn(url, account, kPassword))
      return signedIn.get(account)
    },
    /** Everything that the store holds, as bytes: logs and derived tables too. */
    kept() {
      const url = store.ANLAN_STORAGE_URL
      if (url) return execFileSync('pg_dump', ['-d', url], { maxBuffer: 1 << 28 })
      const files = readdirSync(data).filter((name) => name.includes('.db'))
      return Buffer.concat(files.map((name) => readFileSync(join(data, name))))
    },
    async stop() {
      server.kill('SIGTERM')
      await ended
      if (!own) rmSync(data, { recursive: true, force: true })
    },
  }
}
