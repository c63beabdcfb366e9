// Messages to an HTTP server: what comes out of the outbox, and what goes back into it.
import { after, describe, test } from 'node:test'
import { createHmac } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import assert from 'node:assert/strict'
import { campaign as campaignAt, certificates, httpServer, kText, numberOf, says } from './channel.mjs'
import { scratch } from './program.mjs'

const at = scratch(after)
const campaign = (...words) => campaignAt(at, ...words)
const tls = certificates(at)

/** Takes what is proved, each key once. */
const receiver = (keys) => (request, body) => {
  const [, t, v1] = request.headers['anlan-signature'].match(/^t=(\d+),v1=([0-9a-f]{64})$/)
  assert.equal(v1, createHmac('sha256', 'secret08').update(`${t}.${body}`).digest('hex'))
  assert.ok(Math.abs(Date.now() / 1000 - t) < 60)
  const told = JSON.parse(body)
  assert.equal(told.key, request.headers['idempotency-key'])
  assert.equal(told.text, kText)
  keys.set(told.key, (keys.get(told.key) ?? 0) + 1)
  return told
}

describe('a receiver of webhooks', { timeout: 400_000 }, () => {
  test('may put off, refuse, redirect, be silent and break off: each message is taken once by its key', async () => {
    const keys = new Map(), asked = new Map()
    const take = receiver(keys)
    let elsewhere = 0
    const other = await httpServer((request, body, response) => {
      if (request.url !== '/in') { elsewhere++; return says(response, 200, '') }
      const { to } = JSON.parse(body)
      const n = numberOf(to), times = (asked.get(n) ?? 0) + 1
      asked.set(n, times)
      if (n % 10 === 1) return says(response, 410, 'gone')
      if (n % 10 === 2 && times === 1) return says(response, 503, 'later', { 'Retry-After': '1' })
      if (n % 10 === 3 && times < 3) return says(response, 429, '')
      if (n % 10 === 4) return says(response, 307, '', { Location: `http://127.0.0.1:${other.port}/elsewhere` })
      if (!keys.has(JSON.parse(body).key)) take(request, body)
      if (n === 5 && times === 1) return request.socket.destroy()
      if (n === 6 && times === 1) return undefined // and never answers
      if (n === 7) return says(response, 200, 'x'.repeat(1 << 20))
      says(response, 202, '')
    })
    const { states, reasons } = await campaign('hook', 'webhook', 30, { url: `http://127.0.0.1:${other.port}/in`, patience: 500 }).ended
    other.close()
    assert.deepEqual(states, { delivered: 24, failed: 6 })
    assert.deepEqual(reasons, { 'HTTP 307': 3, 'HTTP 410': 3 })
    assert.deepEqual([keys.size, elsewhere], [24, 0])
    assert.equal(asked.get(5), 2)
    assert.equal(asked.get(6), 2)
  })
})

describe('a receiver of webhooks and who calls it', { timeout: 400_000 }, () => {
  test('is proved by its certificate', async () => {
    const keys = new Map()
    const take = receiver(keys)
    const other = await httpServer((request, body, response) => { take(request, body); says(response, 204, '') }, tls)
    const url = `https://localhost:${other.port}/in`
    assert.deepEqual((await campaign('hook_tls', 'webhook', 3, { url, ca: tls.ca }).ended).states, { delivered: 3 })
    const stranger = await campaign('hook_stranger', 'webhook', 3, { url, down: 1 }).ended
    other.close()
    assert.match(stranger.why, /certificate/)
    assert.equal(keys.size, 3)
  })

  test('beside the node is not called unless the settings say so', async () => {
    let called = 0
    const other = await httpServer((request, body, response) => { called++; says(response, 200, '') }, tls)
    const url = `https://localhost:${other.port}/in`
    const { states, why } = await campaign('hook_private', 'webhook', 2, { url, ca: tls.ca, private: 0 }).ended
    other.close()
    assert.deepEqual([states, why, called], [{ failed: 2 }, 'private address', 0])
  })

  test('a process killed in the middle is followed by one that tells the rest, and each key is known', async () => {
    const keys = new Map()
    const take = receiver(keys)
    const other = await httpServer((request, body, response) => { take(request, body); setTimeout(() => says(response, 200, ''), 2) })
    const url = `http://127.0.0.1:${other.port}/in`
    for (let killed = 0; killed < 4; killed++) {
      const { child, ended } = campaign('hook_killed', 'webhook', 200, { url, stay: 1 })
      const before = keys.size
      while (keys.size < before + 20) await pause(3)
      child.kill('SIGKILL')
      await ended
    }
    const { states } = await campaign('hook_killed', 'webhook', 200, { url }).ended
    other.close()
    assert.deepEqual(states, { delivered: 200 })
    assert.equal(keys.size, 200)
  })
})
