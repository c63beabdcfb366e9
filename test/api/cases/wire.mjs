// What the server refuses before a route is asked: still a document that says why, in both languages.
import { connect } from 'node:net'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { Client, send } from '../client.mjs'
import { assertRefused } from './story.mjs'

/** What the node answers to raw bytes on a connection of their own, which it closes afterwards. */
function raw(url, bytes) {
  const { hostname, port } = new URL(url)
  return new Promise((done, failed) => {
    const parts = []
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.on('error', failed)
    socket.on('data', (part) => parts.push(part))
    socket.on('end', () => {
      socket.destroy()
      const [head, text] = Buffer.concat(parts).toString('utf8').split('\r\n\r\n')
      const [first, ...lines] = head.split('\r\n')
      const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]))
      done({ status: Number(first.split(' ')[1]), headers, text, json: text ? JSON.parse(text) : null })
    })
  })
}

const kHost = 'Host: a\r\n'
// What is sent → status, code.
const kBytes = {
  'bytes that are no request': ['nonsense\r\n\r\n', 400, 'http.malformed'],
  'a path that leads out': [`GET /../etc/passwd HTTP/1.1\r\n${kHost}\r\n`, 400, 'http.malformed'],
  'two ways to say how long it is': [`POST /api/v1/incidents HTTP/1.1\r\n${kHost}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n`, 400, 'http.malformed'],
  'a length beyond all numbers': [`POST /api/v1/incidents HTTP/1.1\r\n${kHost}Content-Length: 99999999999999999999999\r\n\r\n`, 400, 'http.malformed'],
  'a head without an end': [`GET / HTTP/1.1\r\n${kHost}X: ${'x'.repeat(20_000)}`, 431, 'http.long_head'],
  'an address without an end': [`GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${kHost}\r\n`, 431, 'http.long_head'],
  'another version': [`GET / HTTP/2.0\r\n${kHost}\r\n`, 505, 'http.version'],
  'an expectation of tea': [`GET / HTTP/1.1\r\n${kHost}Expect: tea\r\n\r\n`, 417, 'http.expectation'],
  'a body announced too large': [`POST /api/v1/incidents HTTP/1.1\r\n${kHost}Content-Length: 65537\r\n\r\n`, 413, 'http.too_large'],
  'a chunk announced too large': [`POST /api/v1/incidents HTTP/1.1\r\n${kHost}Transfer-Encoding: chunked\r\n\r\n10001\r\n`, 413, 'http.too_large'],
}

export default function (node) {
  for (const [name, [bytes, status, code]] of Object.entries(kBytes))
    test(`refuses ${name} and closes the connection`, async () => {
      const answer = await raw(node.url, bytes)
      assertRefused(answer, status, code)
      assert.equal(answer.headers.connection, 'close')
      assert.equal((await new Client(node.url).ask('GET', '/healthz')).text, 'ok\n')
    })

  test('says how much a route takes, in the language asked for', async () => {
    const body = Buffer.alloc(10 << 20, 'x')
    const answer = await send(node.url, 'POST', '/api/v1/incidents', { body, headers: { 'Accept-Language': 'en' } })
    assertRefused(answer, 413, 'http.too_large')
    assert.equal(answer.json.values.limit, '65536')
    assert.equal(answer.json.title, answer.json.texts.en.title)
    assertRefused(await send(node.url, 'GET', '/api/v1/incidents', { body: '{}' }), 413, 'http.too_large')
  })

  test('says of a large body for no route that there is none', async () => {
    const body = Buffer.alloc(10 << 20, 'x')
    assertRefused(await send(node.url, 'POST', '/api/v1/nothing', { body }), 404, 'route.unknown')
    const answer = await send(node.url, 'PUT', '/api/v1/incidents', { body })
    assertRefused(answer, 405, 'route.method')
    assert.equal(answer.headers.allow, 'GET, HEAD, POST')
  })

  test('names the methods of an address that was asked by another one', async () => {
    for (const [method, path, allow] of [
      ['DELETE', '/api/v1/incidents', 'GET, HEAD, POST'],
      ['OPTIONS', '/api/v1/session', 'POST, GET, HEAD, DELETE'],
      ['GET', '/api/v1/cap', 'POST'],
      ['BREW', '/healthz', 'GET, HEAD'],
    ]) {
      const answer = await raw(node.url, `${method} ${path} HTTP/1.1\r\n${kHost}Connection: close\r\n\r\n`)
      assertRefused(answer, 405, 'route.method')
      assert.equal(answer.headers.allow, allow)
      assert.equal(answer.json.values.allowed, allow)
    }
  })
}
