// Who uses a node from outside, for tests under load: asks, gives commands, listens to the feed.
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/** A browser at `url`, whoever answers there. One that was broken off, or is to be asked elsewhere, throws. */
export class Browser {
  cookie = null
  constructor(url, { sockets = 64, patience = 15_000 } = {}) {
    this.url = url
    this.patience = patience
    this.agent = new Agent({ keepAlive: true, maxSockets: sockets })
  }

  /** The whole answer, or a throw where the line broke or nobody answered in time. */
  ask(method, path, body, headers = {}) {
    return new Promise((done, refused) => {
      const all = { 'Content-Type': 'application/json', ...(this.cookie && { Cookie: this.cookie }), ...headers }
      const asked = request(new URL(path, this.url), { method, agent: this.agent, timeout: this.patience, headers: all })
      asked.on('timeout', () => asked.destroy(new Error('no answer')))
      asked.on('error', refused)
      asked.on('response', (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part) => (text += part))
        answer.on('error', refused)
        answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, text }))
      })
      asked.end(body && JSON.stringify(body))
    })
  }

  async signIn(account = 'duty1') {
    const entered = await this.ask('POST', '/api/v1/session', { account, password: 'Anlan-Demo-2026' })
    if (entered.status !== 201) throw new Error(`signing in: ${entered.status} ${entered.text}`)
    this.cookie = entered.headers['set-cookie'][0].split(';')[0]
  }

  /** Until it is taken. A server that is away, or a proxy without one, is asked again; any other refusal is a fault. */
  async command(path, body, key = randomUUID()) {
    for (;;) {
      try {
        const answer = await this.ask('POST', path, body, { 'Idempotency-Key': key })
        if (answer.status < 300) return { key, ...JSON.parse(answer.text) }
        if (answer.status < 500) throw Object.assign(new Error(`${path}: ${answer.status} ${answer.text}`), { isRefusal: true })
      } catch (error) {
        if (error.isRefusal) throw error
      }
      await pause(50)
    }
  }

  close() {
    this.agent.destroy()
  }
}

/** A console that comes back to its feed wherever it was broken. */
export class Console {
  seen = []
  opened = 0
  constructor(browser, after) {
    this.browser = browser
    this.after = after
    this.open()
  }
  open() {
    if (this.closed) return
    ++this.opened
    let ended = false
    const headers = { Cookie: this.browser.cookie, 'Last-Event-ID': String(this.after) }
    const asked = request(new URL('/api/v1/feed', this.browser.url), { agent: false, headers })
    const end = () => {
      if (ended || this.closed) return
      ended = true
      asked.destroy()
      setTimeout(() => this.open(), 200)
    }
    asked.on('error', end)
    asked.on('close', end)
    asked.on('response', (answer) => {
      this.answered?.(answer.statusCode)
      if (answer.statusCode !== 200) return end()
      let text = ''
      answer.on('error', end)
      answer.on('end', end)
      answer.setEncoding('utf8').on('data', (part) => {
        text += part
        for (let at; (at = text.indexOf('\n\n')) >= 0; text = text.slice(at + 2)) this.take(text.slice(0, at))
      })
    })
    asked.end()
    this.asked = asked
  }
  take(frame) {
    const id = /^id: (\d+)$/m.exec(frame)?.[1]
    if (!id || !/^event: fact$/m.test(frame)) return
    this.after = Number(id)
    this.seen.push(this.after)
  }
  close() {
    this.closed = true
    this.asked.destroy()
  }
}

/** Chance that a seed plays again: xorshift, 0 ≤ result < 1. */
export function chance(seed) {
  return () => {
    seed ^= seed << 13
    seed ^= seed >>> 17
    seed ^= seed << 5
    return (seed >>> 0) / 2 ** 32
  }
}
