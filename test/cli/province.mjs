// A stand-in for the platform of a province, which is not Anlan: docs/province-interface.md from the other side. It can
// be cut off, fail, answer late, answer twice, accept and return.
import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { join } from 'node:path'

function certificate(folder) {
  mkdirSync(folder, { recursive: true })
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', cert, '-days', '30', '-subj', '/CN=province'], { stdio: 'ignore' })
  return { key: readFileSync(key), cert: readFileSync(cert) }
}

const body = async (request) => {
  let text = ''
  for await (const part of request.setEncoding('utf8')) text += part
  return text
}

/** Listens; `posts` is all that came, `known` the documents by their keys. */
export async function province(folder, { token }) {
  const { key, cert } = certificate(folder)
  const it = { posts: [], known: new Map(), asked: 0, receipts: [], fails: 0, cut: false, answer: () => ({}) }
  const post = async (request, reply) => {
    const signed = JSON.parse(await body(request))
    const id = request.headers['idempotency-key']
    it.posts.push(id)
    if (it.fails > 0) return --it.fails, reply(503, { what: 'busy' })
    const before = it.known.get(id)
    if (before && before.document !== signed.document && JSON.parse(before.document).report.title !== JSON.parse(signed.document).report.title) return reply(409, {})
    it.known.set(id, signed)
    reply(before ? 200 : 201, it.answer(JSON.parse(signed.document)))
  }
  const server = createServer({ key, cert, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    const reply = (status, value) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
    if (it.cut) return request.socket.destroy()
    if (request.headers.authorization !== `Bearer ${token}`) return reply(401, {})
    const { pathname, searchParams } = new URL(request.url, 'https://province')
    if (request.method === 'POST' && pathname === '/v1/reports') return post(request, reply)
    if (request.method !== 'GET' || pathname !== '/v1/receipts') return reply(404, {})
    it.asked += 1
    const from = Number(searchParams.get('after') || 0)
    reply(200, { items: it.receipts.slice(from), next: String(it.receipts.length) })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  it.port = server.address().port
  it.fingerprint = new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase()
  it.close = () => (server.closeAllConnections(), server.close())
  return it
}
