// The demo of three levels, with one city, one county and one town: it starts, tells its story while a line is cut, and
// leaves with a journal on each node that is sound.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { kRoot } from './program.mjs'

const kFolder = join(kRoot, 'tools/levels')
const read = (name) => JSON.parse(readFileSync(join(kFolder, name), 'utf8'))

/** Runs the demo to its end: `{code, out}`. `meanwhile` is given the address of its page as soon as it is told. */
async function demo(words, meanwhile) {
  const child = spawn(process.execPath, [join(kFolder, 'demo.mjs'), ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = '', looked
  const hear = (part) => {
    out += part
    const page = /http:\/\/127\.0\.0\.1:\d+/.exec(out)
    if (page) looked ??= meanwhile?.(page[0])
  }
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear)
  const code = await new Promise((done) => child.on('close', done))
  return { code, out, looked: await looked }
}

async function look(page) {
  const [html, words, told] = await Promise.all(['/', '/text.json', '/nothing'].map((path) => fetch(page + path)))
  const cut = (origin) => fetch(`${page}/lines/yangkou/cut`, { method: 'POST', headers: { origin } })
  const events = await fetch(`${page}/events`), { value } = await events.body.getReader().read()
  return {
    statuses: [html, words, told, await cut('http://elsewhere'), await cut(page)].map(({ status }) => status),
    policy: html.headers.get('content-security-policy'),
    nodes: JSON.parse(Buffer.from(value).toString().replace(/^data: /, '')).nodes.map(({ id }) => id),
  }
}

test('the story goes from the town to the city and back over a line that was cut, and nothing was refused', async () => {
  const { code, out, looked } = await demo(['--once', '--small', '--port', '0'], look)
  assert.equal(code, 0, out)
  assert.match(out, /线路：.*羊口镇到寿光市的线路中断/)
  assert.match(out, /市、县、镇三级看到的是同一件事/)
  assert.equal(out.match(/账本校验无误/g)?.length, 3, out)
  // Another site may not cut lines; the page may not before there is one.
  assert.deepEqual(looked, { statuses: [200, 200, 404, 403, 404], policy: "default-src 'self'", nodes: ['weifang', 'shouguang', 'yangkou'] })
})

test('wrong words are told with the usage, in both languages', async () => {
  const { code, out } = await demo(['--speed', 'none'])
  assert.equal(code, 2)
  assert.match(out, /用法/)
  assert.match(out, /Usage/)
})

test('every text is there in Chinese and in English', () => {
  const bilingual = [...Object.values(read('text.json')), read('story.json').title, ...read('story.json').steps, ...read('city.json').nodes]
  for (const { zh, en } of bilingual) {
    assert.match(zh, /[\p{Script=Han}：]/u)
    assert.match(en, /[a-z]/)
    assert.deepEqual(en.match(/\{\w+\}/g)?.sort(), zh.match(/\{\w+\}/g)?.sort())
  }
})
