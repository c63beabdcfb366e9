// What a node says of its warnings to the world outside, read by programs of others.
import { test, before, after } from 'node:test'
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { send } from '../api/client.mjs'
import { issued } from '../api/cases/warnings.mjs'
import { startNode } from '../api/node.mjs'

const kProgram = process.env.ANLAN_BIN ?? resolve(import.meta.dirname, '../../build/anlan')
const kFolder = mkdtempSync(join(tmpdir(), 'anlan-messages-'))
let node, warning

before(async () => {
  node = await startNode()
  warning = await issued(node)
  await warning.desk.command(`/warnings/${warning.id}/cancel`, { ending: 'passed', reason: '水位已回落' })
})
after(async () => {
  await node?.stop()
  rmSync(kFolder, { recursive: true })
})

/** Identifiers of the messages of the feed, the last first. */
async function identifiers() {
  const { text } = await send(node.url, 'GET', '/public/warnings.atom')
  return [...text.matchAll(/<id>urn:anlan:([0-9_]+)<\/id>/g)].map(([, identifier]) => identifier)
}

async function kept(path, name) {
  const answer = await send(node.url, 'GET', path)
  assert.equal(answer.status, 200, answer.text)
  const file = join(kFolder, name)
  writeFileSync(file, answer.bytes)
  return file
}

const run = (program, ...words) => execFileSync(program, words, { encoding: 'utf8', env: { ...process.env, LANG: 'en_US.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'] })

test('the issue and the cancelling are messages of their own, the later one naming the earlier', async () => {
  const [cancel, alert] = await identifiers()
  assert.match(alert, /^3707000{8}_\d{14}/)
  const { text } = await send(node.url, 'GET', `/public/cap/${cancel}`)
  assert.match(text, /<msgType>Cancel<\/msgType>/)
  assert.match(text, new RegExp(`<references>[^,]+,${alert},`))
  assert.match(text, /水位已回落/)
  assert.match((await send(node.url, 'GET', `/public/cap/${alert}?world=d1`)).text, /<status>Actual<\/status>/, 'whatever world is asked for')
  assert.match((await send(node.url, 'GET', `/public/cap/${alert}`)).text, /<msgType>Alert<\/msgType>.*<severity>Extreme<\/severity>.*<polygon>/s)
})

test('CAP is valid by the schema and by the standard, and signed', async () => {
  for (const identifier of await identifiers()) {
    const file = await kept(`/public/cap/${identifier}`, `${identifier}.cap`)
    assert.match(run(kProgram, 'cap', 'check', file), /: valid: .*; signature: valid/)
    run('xmlsec1', '--verify', '--trusted-pem', join(node.data, 'keys/messages.pem'), file)
    const spoilt = join(kFolder, 'spoilt.cap')
    writeFileSync(spoilt, (await send(node.url, 'GET', `/public/cap/${identifier}`)).text.replace('弥河', '潍河'))
    assert.throws(() => run('xmlsec1', '--verify', '--trusted-pem', join(node.data, 'keys/messages.pem'), spoilt))
  }
})

test('the form of 12379 and the feed are XML, and what nobody said is not found', async () => {
  const [identifier] = await identifiers()
  run('xmllint', '--noout', await kept(`/public/12379/${identifier}`, 'form.xml'))
  assert.match((await send(node.url, 'GET', `/public/12379/${identifier}`)).text, /370783115000/, 'a town that the reach touches')
  assert.doesNotMatch((await send(node.url, 'GET', `/public/cap/${identifier}`)).text, /<geocode>/, 'where rings say it better')
  run('xmllint', '--noout', await kept('/public/warnings.atom', 'feed.atom'))
  assert.equal((await send(node.url, 'GET', '/public/cap/nobody')).status, 404)
})
