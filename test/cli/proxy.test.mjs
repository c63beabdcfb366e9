// The pages that are open to everybody, at the usual rates, straight and behind a proxy.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { send } from '../api/client.mjs'
import { startNode } from '../api/node.mjs'

const kUsual = ['--set', 'limits.rate_factor=1']
let open, proxied
before(async () => {
  open = await startNode({ words: kUsual })
  proxied = await startNode({ words: [...kUsual, '--set', 'http.proxies=127.0.0.1'] })
})
after(async () => {
  await open?.stop()
  await proxied?.stop()
})

/** `n` guesses at a link, at once; what was answered that was not the page. */
async function refusedOf(node, n, from) {
  const headers = from ? { 'X-Forwarded-For': from } : {}
  const answers = await Promise.all(Array.from({ length: n }, () => send(node.url, 'GET', '/a/none', { headers })))
  return answers.filter((answer) => answer.status !== 200)
}

test('who guesses at links is refused by address, in words that can be read', async () => {
  const refused = await refusedOf(open, 60)
  assert.ok(refused.length >= 20, `${refused.length}`)
  for (const answer of refused) {
    assert.equal(answer.status, 429)
    assert.match(answer.headers['content-type'], /^text\/html/)
    assert.ok(Number(answer.headers['retry-after']) > 0)
    assert.match(answer.text, /再试一次/)
  }
})

test('nobody but a proxy is believed about who asks', async () => {
  assert.ok((await refusedOf(open, 30, '203.0.113.1')).length > 0, 'one bucket, emptied before, whatever the header says')
})

test('behind a proxy each address is counted by itself', async () => {
  const each = await Promise.all(['203.0.113.1', '203.0.113.2', '203.0.113.3', '203.0.113.4'].map((from) => refusedOf(proxied, 15, from)))
  assert.deepEqual(each.map((refused) => refused.length), [0, 0, 0, 0])
  assert.ok((await refusedOf(proxied, 60, '1.1.1.1, 203.0.113.5')).length >= 20)
  assert.ok((await refusedOf(proxied, 20, '203.0.113.5')).length >= 10, 'what the asker wrote before counts for nothing')
})
