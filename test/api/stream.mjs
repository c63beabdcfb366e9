// A console's ear: the live feed as a list of events that grows.
import { request } from 'node:http'

export class Stream {
  events = []
  #waiting = []

  static open(client, { after, query = '' } = {}) {
    const stream = new Stream()
    const headers = { Cookie: client.cookie ?? '', ...(after === undefined ? {} : { 'Last-Event-ID': String(after) }) }
    return new Promise((done, failed) => {
      stream.asked = request(new URL(`/api/v1/feed${query}`, client.url), { headers })
      stream.asked.on('error', failed)
      stream.asked.on('response', (response) => {
        stream.status = response.statusCode
        let text = ''
        response.setEncoding('utf8')
        response.on('error', () => {})
        response.on('data', (part) => {
          text += part
          for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) stream.#take(text.slice(0, end))
        })
        response.on('end', () => stream.#take('event: end\ndata: {}'))
        done(stream)
      })
      stream.asked.end()
    })
  }

  #take(frame) {
    const lines = frame.split('\n').filter((line) => line && !line.startsWith(':'))
    if (lines.length === 0) return
    const parts = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]))
    this.events.push({ event: parts.event, id: parts.id, data: JSON.parse(parts.data ?? '{}') })
    for (const look of [...this.#waiting]) look()
  }

  get facts() {
    return this.events.filter((one) => one.event === 'fact').map((one) => one.data)
  }

  /** The first event for which `wanted` holds, now or later. */
  until(wanted, what = 'an event') {
    return new Promise((done, failed) => {
      const late = setTimeout(() => failed(new Error(`${what} did not come`)), 20_000)
      const look = () => {
        const found = this.events.find(wanted)
        if (!found) return
        clearTimeout(late)
        this.#waiting = this.#waiting.filter((one) => one !== look)
        done(found)
      }
      this.#waiting.push(look)
      look()
    })
  }

  close() {
    this.asked.destroy()
  }
}
