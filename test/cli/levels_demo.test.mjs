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

/** Runs the demo to its end: `{code, out}`. */
function demo(...words) {
  const child = spawn(process.execPath, [join(kFolder, 'demo.mjs'), ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (out += part))
  return new Promise((done) => child.on('close', (code) => done({ code, out })))
}

test('the story goes from the town to the city and back over a line that was cut, and nothing was refused', async () => {
  const { code, out } = await demo('--once', '--small', '--port', '0')
  assert.equal(code, 0, out)
  assert.match(out, /线路：.*羊口镇到寿光市的线路中断/)
  assert.match(out, /市、县、镇三级看到的是同一件事/)
  assert.equal(out.match(/账本校验无误/g)?.length, 3, out)
})

test('wrong words are told with the usage, in both languages', async () => {
  const { code, out } = await demo('--speed', 'none')
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
