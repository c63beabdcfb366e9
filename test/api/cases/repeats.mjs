// Retries and rivals: a repeated key, a stale version.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { assertRefused, fresh, kLeak, lastFact, takeDown } from './story.mjs'

function keys(node) {
  test('answers a repeated request as before and does it once', async () => {
    const desk = await node.as('duty3')
    const key = fresh()
    const first = await desk.post('/incidents', kLeak, { key })
    const position = await lastFact(node, 'duty3')
    const again = await desk.post('/incidents', kLeak, { key })
    assert.equal(first.status, 201)
    assert.equal(again.status, 201)
    assert.equal(first.headers['idempotency-replayed'], undefined)
    assert.equal(again.headers['idempotency-replayed'], 'true')
    assert.deepEqual(again.json, first.json)
    assert.equal(await lastFact(node, 'duty3'), position)
  })

  test('does requests with one key that come at once only once', async () => {
    const desk = await node.as('duty3')
    const key = fresh()
    const answers = await Promise.all(Array.from({ length: 12 }, () => desk.post('/incidents', kLeak, { key })))
    assert.deepEqual(new Set(answers.map((a) => a.status)), new Set([201]))
    assert.equal(new Set(answers.map((a) => a.json.id)).size, 1)
    assert.equal(answers.filter((a) => !a.headers['idempotency-replayed']).length, 1)
  })

  test('refuses a key that was used for something else', async () => {
    const desk = await node.as('duty3')
    const { id } = await takeDown(node)
    const key = fresh()
    await desk.command(`/incidents/${id}/notes`, { text: '一' }, { key })
    const before = await lastFact(node, 'duty3')
    assertRefused(await desk.post(`/incidents/${id}/notes`, { text: '二' }, { key }), 409, 'key.reused')
    assertRefused(await desk.post(`/incidents/${id}/close`, { reason: '一' }, { key }), 409, 'key.reused')
    const drill = { 'Anlan-World': 'drill' }
    assertRefused(await desk.post(`/incidents/${id}/notes`, { text: '一' }, { key, headers: drill }), 409, 'key.reused')
    assert.equal(await lastFact(node, 'duty3'), before)
  })

  test('gives nobody the answer to the key of another', async () => {
    const key = fresh()
    const mine = await (await node.as('duty3')).post('/incidents', kLeak, { key })
    const other = await (await node.as('binhai')).post('/incidents', kLeak, { key })
    assert.notEqual(other.json.id ?? null, mine.json.id)
  })

  test('refuses a command without a key, or with one that is none', async () => {
    const desk = await node.as('duty3')
    for (const [path, body] of [['/incidents', {}], ['/incidents', '{'], ['/cap', '<none/>'], ['/api-keys', {}]])
      assertRefused(await (await node.as(path === '/api-keys' ? 'secadmin' : 'duty3')).post(path, body, { key: 'k'.repeat(65) }), 400, 'key.malformed')
    for (const key of [null, ' ']) assertRefused(await desk.post('/incidents', kLeak, { key }), 400, 'key.missing')
    for (const key of ['x'.repeat(65), 'a b', 'a\tb']) assertRefused(await desk.post('/incidents', kLeak, { key }), 400, 'key.malformed')
  })
}

function versions(node) {
  test('refuses a change to a version that is gone by', async () => {
    const desk = await node.as('duty3')
    const { id, version } = await takeDown(node)
    const on = (expected) => desk.post(`/incidents/${id}/grade`, { grade: 'larger', reason: '研判' }, { headers: { 'If-Match': `"${expected}"` } })
    assert.equal((await on(version)).status, 200)
    const stale = await on(version)
    assertRefused(stale, 409, 'version.stale')
    assert.equal(Number(stale.json.values.current), version + 1)
    assert.equal((await on(version + 1)).status, 200)
    assertRefused(await on('x'), 400, 'version.malformed')
  })

  test('refuses the same of whatever has a version that an answer told', async () => {
    const desk = await node.as('duty3')
    const system = await node.as('sysadmin')
    const { id } = await takeDown(node)
    const order = await desk.command(`/incidents/${id}/instructions`, { text: '核实', given_by: 'p-leader1', to: ['county-370783'] })
    const person = await system.command('/people', { name: '甲（虚构）', organisation: 'wf-emergency', post: '值班员' })
    const house = await system.command('/organisations', { name: '虚构站', short: '虚构站', level: 'county', division: '370783' })
    const kChanges = [
      [desk, `/instructions/${order.id}/progress`, { text: '在办' }, order],
      [desk, `/instructions/${order.id}/close`, { result: '办结' }, { version: order.version + 1 }],
      [system, `/people/${person.id}/retire`, { reason: '离岗' }, person],
      [system, `/organisations/${house.id}/retire`, { reason: '撤并' }, house],
    ]
    for (const [client, path, body, { version }] of kChanges) {
      const on = (expected) => client.post(path, body, { headers: { 'If-Match': `"${expected}"` } })
      const stale = await on(version + 7)
      assertRefused(stale, 409, 'version.stale')
      assert.equal(Number(stale.json.values.current), version, path)
      assert.equal((await on(version)).json.version, version + 1, path)
    }
  })

  test('lets one of many win who change the same version', async () => {
    const desk = await node.as('duty3')
    const { id, version } = await takeDown(node)
    const headers = { 'If-Match': `"${version}"` }
    const rivals = Array.from({ length: 8 }, (_, i) => desk.post(`/incidents/${id}/grade`, { grade: 'larger', reason: `研判${i}` }, { headers }))
    const answers = (await Promise.all(rivals)).map((a) => a.status)
    assert.deepEqual(answers.sort(), [200, ...Array(7).fill(409)])
    assert.equal((await desk.get(`/incidents/${id}`)).version, version + 1)
  })
}

export default function (node) {
  keys(node)
  versions(node)
}
