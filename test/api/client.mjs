// One asker of the node's interface, over node's own HTTP so that nothing is added to or kept from a request.
import { randomUUID } from 'node:crypto'
import { Agent, request as open } from 'node:http'
import assert from 'node:assert/strict'

/** Fails where a text of a refusal was left with a {place} that nobody filled. */
function assertFilled({ title, detail, texts, errors = [] }) {
  for (const text of [title, detail, ...Object.values(texts).flatMap(Object.values)]) assert.doesNotMatch(text, /\{\w+\}/)
  errors.forEach(({ detail, texts }) => assertFilled({ title: '', detail, texts }))
}

const agent = new Agent({ keepAlive: true })

/** Sends and answers `{status, headers, text, bytes, json}`; a body that the node did not want to hear out is no error. */
export function send(url, method, path, { headers = {}, body } = {}) {
  const bytes = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(body)
  return new Promise((done, failed) => {
    let answered = false
    const asked = open(new URL(path, url), { method, agent, headers: bytes ? { 'Content-Length': bytes.length, ...headers } : headers })
    asked.on('error', (error) => answered || failed(error))
    asked.on('response', (response) => {
      answered = true
      const parts = []
      response.on('data', (part) => parts.push(part))
      response.on('error', failed)
      response.on('end', () => {
        const all = Buffer.concat(parts)
        const text = all.toString('utf8')
        const type = response.headers['content-type'] ?? ''
        const json = /json/.test(type) && text ? JSON.parse(text) : null
        try {
          if (/problem/.test(type)) assertFilled(json)
        } catch (unfilled) {
          return failed(unfilled)
        }
        done({ status: response.statusCode, headers: response.headers, bytes: all, text, json })
      })
    })
    asked.end(bytes)
  })
}

export class Client {
  constructor(url, { cookie = null, language = 'zh-CN' } = {}) {
    Object.assign(this, { url, cookie, language })
  }

  static async signIn(url, account, password) {
    const client = new Client(url)
    const answer = await client.post('/session', { account, password })
    assert.equal(answer.status, 201, `${account} cannot sign in: ${answer.text}`)
    client.cookie = answer.headers['set-cookie'][0].split(';')[0]
    client.session = answer.json
    return client
  }

  ask(method, path, { headers = {}, body } = {}) {
    const own = { 'Accept-Language': this.language }
    if (this.cookie) own.Cookie = this.cookie
    return send(this.url, method, /^\/(a\/|api\/|public($|\?|\/cap|\/12379|\/warnings\.atom)|healthz|readyz|metrics)/.test(path) ? path : `/api/v1${path}`, { headers: { ...own, ...headers }, body })
  }

  /** What `path` answers; fails unless that is 200. */
  async get(path) {
    const answer = await this.ask('GET', path)
    assert.equal(answer.status, 200, `GET ${path}: ${answer.text}`)
    return answer.json
  }

  post(path, body, { key = randomUUID(), headers = {} } = {}) {
    const given = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body ?? {})
    const own = { 'Content-Type': 'application/json', ...(key ? { 'Idempotency-Key': key } : {}) }
    return this.ask('POST', path, { headers: { ...own, ...headers }, body: given })
  }

  /** A command that must be taken: its answer, once the views show it. */
  async command(path, body, options) {
    const answer = await this.post(path, body, options)
    assert.ok(answer.status === 200 || answer.status === 201, `POST ${path}: ${answer.status} ${answer.text}`)
    return answer.json
  }
}
