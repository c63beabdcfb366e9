// A GET that asks to see what a command did: answered when the node has come so far, and not before.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { Stream } from '../stream.mjs'
import { operations } from './description.mjs'
import { assertRefused, takeDown } from './story.mjs'

const kOtherMeaning = ['/api/v1/feed']

export default function (node) {
  test('answers at once what lies behind', async () => {
    const desk = await node.as('duty3')
    const { id, position } = await takeDown(node)
    assert.equal((await desk.get(`/incidents/${id}?after=${position}`)).id, id)
    assert.ok((await desk.get('/incidents?after=0')).position >= position)
    assert.ok((await desk.get('/incidents?after=')).position >= position)
  })

  test('waits for what is still to come', async () => {
    const desk = await node.as('duty3')
    const { id, position } = await takeDown(node)
    const wanted = position + 3
    let answered = false
    const answer = (await node.as('duty2')).ask('GET', `/incidents?after=${wanted}`).then((a) => ((answered = true), a))
    for (let at = position; at < wanted; at = (await desk.command(`/incidents/${id}/notes`, { text: '记' })).position)
      assert.equal(answered, false, `answered before position ${wanted}, at ${at}`)
    const { status, text, json } = await answer
    assert.equal(status, 200, text)
    assert.ok(json.position >= wanted)
  })

  test('gives up where it does not come', async () => {
    const desk = await node.as('duty3')
    const { position } = await desk.get('/node')
    const paths = ['/incidents', '/duty/board', '/incidents/none', '/reports/none/document.pdf']
    const answers = await Promise.all(paths.map((path) => desk.ask('GET', `${path}?after=${position + 1_000_000}`)))
    for (const answer of answers) {
      assertRefused(answer, 503, 'position.not_reached')
      assert.equal(answer.headers['retry-after'], '2')
      assert.equal(answer.json.values.after, String(position + 1_000_000))
      assert.ok(Number(answer.json.values.position) >= position)
    }
  })

  test('refuses what is no position', async () => {
    const desk = await node.as('duty3')
    for (const after of ['x', '-1', '1.5', '12x', '99999999999999999999']) {
      for (const path of ['/incidents', '/feed']) {
        const answer = await desk.ask('GET', `${path}?after=${after}`)
        assertRefused(answer, 400, 'position.malformed')
        assert.equal(answer.json.field, 'after')
      }
    }
    const broken = await Stream.open(desk, { after: 'x' })
    broken.close()
    assert.equal(broken.status, 400)
  })

  test('is described for every page', async () => {
    const pages = (await operations(node)).filter((one) => one.method === 'get' && one['x-anlan-access'] !== 'public')
    assert.ok(pages.length > 20)
    for (const page of pages.filter(({ path }) => !kOtherMeaning.includes(path)))
      assert.ok(page.parameters.some(({ name, in: where, required }) => name === 'after' && where === 'query' && !required), page.path)
  })
}
