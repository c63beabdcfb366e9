// The live feed: everything that an organisation may see, once, in order, over broken lines and while others write.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { Client } from '../client.mjs'
import { kPassword } from '../node.mjs'
import { Stream } from '../stream.mjs'
import { assertRefused, takeDown } from './story.mjs'

const positions = (stream) => stream.facts.map((fact) => fact.position)
const has = (position) => (one) => one.event === 'fact' && one.data.position >= position

function story(node) {
  test('begins with where it stands and tells a fact as it is written', async () => {
    const desk = await node.as('duty3')
    const stream = await Stream.open(await node.as('duty2'))
    const hello = await stream.until((one) => one.event === 'hello', 'hello')
    const opened = await takeDown(node)
    await desk.command(`/incidents/${opened.id}/notes`, { text: '回拨核实' })
    const noted = await stream.until((one) => one.data.type === 'incident.noted' && one.data.incident === opened.id, 'the note')
    assert.ok(noted.data.position > hello.data.position)
    assert.equal(noted.id, String(noted.data.position))
    assert.equal(noted.data.actor, 'duty3')
    assert.equal(noted.data.body.text, '回拨核实')
    stream.close()
  })

  test('goes on after a broken line without gap or repeat while others write', async () => {
    const desk = await node.as('duty3')
    const whole = await Stream.open(await node.as('duty2'))
    const start = (await whole.until((one) => one.event === 'hello', 'hello')).data.position
    let writing = true
    const writer = (async () => {
      const { id } = await takeDown(node)
      const note = async (text) => (await desk.command(`/incidents/${id}/notes`, { text })).position
      for (let i = 0; i < 120 || writing; ++i) await note(`第${i}条`)
      return note('所有断线之后的一条')
    })()
    const heard = []
    let at = start
    for (let line = 0; line < 12; ++line) {
      const broken = await Stream.open(await node.as('duty1'), { after: at })
      await broken.until(has(at + 1), 'the next fact')
      broken.close()
      const got = positions(broken)
      heard.push(...got)
      at = got.at(-1)
    }
    writing = false
    const last = await writer
    const rest = await Stream.open(await node.as('duty1'), { query: `?after=${at}` })
    await Promise.all([rest.until(has(last), 'the last fact'), whole.until(has(last), 'the last fact')])
    heard.push(...positions(rest).filter((position) => position <= last))
    rest.close()
    whole.close()
    assert.deepEqual(heard, positions(whole).filter((position) => position <= last))
  })
}

function ahead(node) {
  test('refuses to go on from where the journal has not come', async () => {
    const client = await node.as('duty2')
    for (const [path, headers] of [['/feed?after=999999999', {}], ['/feed', { 'Last-Event-ID': '999999999' }]]) {
      const answer = await client.ask('GET', path, { headers })
      assertRefused(answer, 400, 'position.future')
      assert.ok(Number(answer.json.values.position) > 0)
    }
  })
}

function scope(node) {
  test('shuts out who is not signed in', async () => {
    const nobody = await Stream.open(new Client(node.url))
    assert.equal(nobody.status, 401)
    nobody.close()
  })

  test('ends with the session', async () => {
    const own = await Client.signIn(node.url, 'duty2', kPassword)
    const stream = await Stream.open(own)
    await stream.until((one) => one.event === 'hello', 'hello')
    assert.equal((await own.ask('DELETE', '/session')).status, 200)
    await stream.until((one) => one.event === 'signed_out', 'the end of the session')
    await stream.until((one) => one.event === 'end', 'the end of the stream')
  })

  test('tells a county nothing of what its sibling does', async () => {
    const sibling = await Stream.open(await node.as('binhai'))
    const city = await Stream.open(await node.as('duty2'))
    const hello = (await sibling.until((one) => one.event === 'hello', 'hello')).data.position
    const { id } = await takeDown(node, 'linqu', { division: '370724' })
    const own = await takeDown(node, 'binhai', { division: '370772' })
    await sibling.until((one) => one.data.incident === own.id, 'its own incident')
    assert.deepEqual(sibling.facts.filter((fact) => fact.stream.includes(id)), [])
    const again = await Stream.open(await node.as('binhai'), { after: hello })
    await again.until((one) => one.data.incident === own.id, 'its own incident')
    assert.deepEqual(again.facts.filter((fact) => fact.stream.includes(id)), [])
    assert.deepEqual(city.facts.filter((fact) => fact.stream.includes(id)), [], 'the city was not told yet')
    for (const stream of [sibling, city, again]) stream.close()
  })
}

export default function (node) {
  story(node)
  ahead(node)
  scope(node)
}
