// The page of the demo: the tree of nodes, the state of each line, what was told so far. Lines are cut and healed there
// once the story is told: until then they are the story's.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

const kFiles = { '/': ['page.html', 'text/html'], '/page.css': ['page.css', 'text/css'], '/page.js': ['page.js', 'text/javascript'], '/text.json': ['text.json', 'application/json'] }
const kOften = 1000 // how often a page hears of the lines, ms
const kSafe = { 'Content-Security-Policy': "default-src 'self'", 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }

export class Page {
  steps = []
  playing = true
  listening = new Set()

  static async open(demo, port) {
    const page = new Page()
    page.demo = demo
    page.server = createServer((asked, answer) => page.answer(asked, answer)).listen(port, '127.0.0.1')
    await once(page.server, 'listening')
    page.host = `127.0.0.1:${page.server.address().port}`
    page.url = `http://${page.host}/`
    page.timer = setInterval(() => page.tell(), kOften)
    return page
  }

  answer(asked, answer) {
    const { method, url } = asked
    const refuse = (status) => answer.writeHead(status, kSafe).end()
    // Another site's page must neither read this one nor cut lines.
    if (asked.headers.host !== this.host) return refuse(421)
    const line = /^\/lines\/(\w+)\/(cut|heal)$/.exec(url)
    if (method === 'POST' && line) return refuse(this.turn(asked, line[1], line[2]))
    if (method !== 'GET') return refuse(405)
    if (url === '/events') return this.listen(answer)
    const file = kFiles[url]
    if (!file) return refuse(404)
    answer.writeHead(200, { ...kSafe, 'Content-Type': `${file[1]}; charset=utf-8` }).end(readFileSync(join(import.meta.dirname, file[0])))
  }

  turn(asked, id, act) {
    if (asked.headers.origin !== `http://${this.host}`) return 403
    const line = this.demo.nodes.get(id)?.line
    if (!line) return 404
    if (this.playing) return 409
    line[act]()
    this.tell()
    return 204
  }

  listen(answer) {
    answer.writeHead(200, { ...kSafe, 'Content-Type': 'text/event-stream' })
    this.listening.add(answer)
    answer.on('close', () => this.listening.delete(answer))
    answer.write(this.frame())
  }

  frame() {
    const nodes = [...this.demo.nodes.values()].map(({ id, parent, level, zh, en, url, accounts, line, process }) => ({
      id, parent, level, zh, en, url: process ? url : null, accounts: accounts.map(({ name }) => name),
      line: line && { carries: line.carries, connections: line.connections, up: line.up, down: line.down },
    }))
    const { title } = this.demo.story
    return `data: ${JSON.stringify({ nodes, steps: this.steps, playing: this.playing, title, password: this.demo.password })}\n\n`
  }

  tell() {
    for (const one of this.listening) one.write(this.frame())
  }

  told(step) {
    this.steps.push(step)
    this.tell()
  }

  /** The story is told: lines are the reader's. */
  free() {
    this.playing = false
    this.tell()
  }

  close() {
    clearInterval(this.timer)
    this.listening.forEach((one) => one.end())
    this.server.close()
    this.server.closeAllConnections()
  }
}
