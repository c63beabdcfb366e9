// An incident goes from a county to the city and back: who may ask, who may answer, what each sees.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { assertRefused, takeDown } from './story.mjs'

const kCity = 'wf-emergency'
const kCounty = 'county-370724'

export default function (node) {
  test('hands an incident over, shows both its owner and who gave its number, and gives it back', async () => {
    const linqu = await node.as('linqu')
    const city = await node.as('duty2')
    const { id, number } = await takeDown(node, 'linqu', { division: '370724' })
    assertRefused(await linqu.post(`/incidents/${id}/handover`, { to: kCounty, reason: '试' }), 422, 'organisation.own')
    assertRefused(await linqu.post(`/incidents/${id}/handover/withdrawal`, {}), 422, 'handover.none')
    assertRefused(await city.post(`/incidents/${id}/claim`, { reason: '不知道' }), 404, 'incident.unknown')
    const offered = await linqu.command(`/incidents/${id}/handover`, { to: kCity, reason: '超出处置能力' })

    const board = await city.get(`/duty/board?after=${offered.position}`)
    const waiting = board.inbox.handovers.find((one) => one.incident === id)
    assert.equal(waiting.reason, '超出处置能力')
    assert.equal(waiting.from.id, kCounty)
    assert.ok((await city.get(`/incidents/${id}`)).actions.includes('incident.answer_offer'))
    assertRefused(await linqu.post(`/incidents/${id}/handover/answer`, { answer: 'accepted' }), 422, 'handover.none')
    assertRefused(await city.post(`/incidents/${id}/handover/answer`, { answer: 'rejected' }), 422, 'text.empty')

    const accepted = await city.command(`/incidents/${id}/handover/answer`, { answer: 'accepted' })
    const taken = await city.get(`/incidents/${id}?after=${accepted.position}`)
    assert.equal(taken.organisation.id, kCity)
    assert.equal(taken.opened_by.id, kCounty)
    assert.equal(taken.number, number)
    assert.equal(taken.epoch, 2)
    assert.equal(taken.version, accepted.version, 'the version counts on')
    assert.ok(taken.actions.includes('incident.correct') && !taken.actions.includes('incident.claim'))
    assert.ok(!(await city.get('/duty/board')).inbox.handovers.some((one) => one.incident === id))
    assertRefused(await linqu.post(`/incidents/${id}/close`, { reason: '结束' }), 403, 'incident.not_owner')
    assertRefused(await linqu.post(`/incidents/${id}/claim`, { reason: '要回' }), 403, 'handover.not_above')

    const timeline = (await linqu.get(`/incidents/${id}/timeline`)).items
    const told = timeline.filter((one) => one.stream.startsWith('incident/')).map((one) => one.type)
    assert.deepEqual(told.slice(0, 4), ['incident.opened', 'incident.offered', 'incident.released', 'incident.taken_over'])
    for (const one of timeline) assert.doesNotMatch(one.text_zh + one.text_en, /[{}]|undefined/, one.type)

    const back = await city.command(`/incidents/${id}/handover`, { to: kCounty, reason: '险情稳定' })
    assert.equal(back.version, taken.version + 1)
    await linqu.get(`/incidents/${id}?after=${back.position}`)
    const returned = await (await node.as('linqu-leader')).command(`/incidents/${id}/handover/answer`, { answer: 'accepted' })
    assert.equal((await linqu.get(`/incidents/${id}?after=${returned.position}`)).epoch, 3)
    await linqu.command(`/incidents/${id}/close`, { reason: '处置完毕' })
  })

  test('lets whoever stands above claim an incident that it knows of', async () => {
    const linqu = await node.as('linqu')
    const { id } = await takeDown(node, 'linqu', { division: '370724' })
    await linqu.command(`/incidents/${id}/phone-reports`, { to: kCity, answered_by: '值班员' })
    const leader = await node.as('leader2')
    assertRefused(await leader.post(`/incidents/${id}/claim`, { reason: '' }), 422, 'text.empty')
    const claimed = await leader.command(`/incidents/${id}/claim`, { reason: '伤亡上升' })
    assert.equal((await leader.get(`/incidents/${id}?after=${claimed.position}`)).organisation.id, kCity)
    assertRefused(await leader.post(`/incidents/${id}/claim`, { reason: '再来' }), 422, 'handover.own')
  })
}
