// What the tests of channels share: their program, certificates of this machine, a server.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { once } from 'node:events'
import { kRoot } from './program.mjs'

/** The text that is sent. */
export const kText = '青河水位超警：请立即转移🌊\nhttps://a.example.gov.cn/w/1'

/** Of "p7@example.com" or "device-7". */
export const numberOf = (address) => Number(address.match(/\d+/)[0])

/** Sends messages from an outbox in `at(name)`, until it is known what became of each message, or is killed. */
export function campaign(at, name, kind, messages, settings) {
  mkdirSync(at(name), { recursive: true })
  const words = Object.entries(settings).map(([setting, value]) => `${setting}=${value}`)
  const child = spawn(`${kRoot}/build/channel_campaign`, [at(name), kind, messages, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.on('data', (bytes) => { out += bytes })
  return { child, ended: once(child, 'close').then(() => out && JSON.parse(out)) }
}

/** An authority and a certificate of localhost by it, made once. */
export function certificates(at) {
  const run = (...words) => execFileSync('openssl', words, { stdio: 'ignore' })
  const [ca, caKey, key, request, certificate, more] = ['ca.pem', 'ca.key', 'key.pem', 'request.pem', 'certificate.pem', 'more'].map(at)
  run('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=test', '-keyout', caKey, '-out', ca)
  run('req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-keyout', key, '-out', request)
  writeFileSync(more, 'subjectAltName=DNS:localhost')
  run('x509', '-req', '-in', request, '-CA', ca, '-CAkey', caKey, '-CAcreateserial', '-days', '2', '-extfile', more, '-out', certificate)
  return { ca, key: readFileSync(key), cert: readFileSync(certificate), keyFile: key, certFile: certificate }
}

/** An HTTP server on a port of its own: `answer(request, body, response)`. */
export async function httpServer(answer, options) {
  const listener = (request, response) => {
    const parts = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => answer(request, Buffer.concat(parts).toString(), response))
  }
  const server = options ? createTlsServer(options, listener) : createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: server.address().port, close: () => { server.close(); server.closeAllConnections() } }
}
export const says = (response, status, body, head = {}) => { response.writeHead(status, head); response.end(typeof body === 'string' ? body : JSON.stringify(body)) }
