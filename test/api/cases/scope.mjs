// A county sees what is its own or was reported or given to it, and nothing of its sibling.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { assertRefused, takeDown } from './story.mjs'

const kContent = { situation: '河堤管涌（虚构）', figures: {} }

export default function (node) {
  test('hides an incident of a county from its sibling in every way of asking', async () => {
    const linqu = await node.as('linqu')
    const binhai = await node.as('binhai')
    const { id } = await takeDown(node, 'linqu', { division: '370724' })
    const drafted = await linqu.command(`/incidents/${id}/reports`, { kind: 'first', to: 'wf-emergency', content: kContent })
    const report = drafted.id
    await linqu.get(`/reports/${report}?after=${drafted.position}`)

    for (const path of [`/incidents/${id}`, `/incidents/${id}/timeline`, `/incidents/${id}/reports/prefill?kind=first&to=wf-emergency`])
      assertRefused(await binhai.ask('GET', path), 404, 'incident.unknown')
    for (const path of [`/reports/${report}`, `/reports/${report}/document.pdf`, `/reports/${report}/document.docx`])
      assertRefused(await binhai.ask('GET', path), 404, 'report.unknown')
    for (const path of ['/incidents?size=200', '/duty/board', '/clocks', '/instructions', '/incidents/similar?type=12D02&division=370724'])
      assert.ok(!JSON.stringify(await binhai.get(path)).includes(id), path)
    assertRefused(await binhai.post(`/incidents/${id}/notes`, { text: 'x' }), 404, 'incident.unknown')
    for (const [act, body] of [['versions', { content: kContent }], ['send', {}], ['receipt', { decision: 'accepted' }]])
      assertRefused(await binhai.post(`/reports/${report}/${act}`, body), 404, 'report.unknown')
    assertRefused(await (await node.as('binhai-leader')).post(`/reports/${report}/sign`, {}), 404, 'report.unknown')
    assertRefused(await binhai.post(`/incidents/${id}/merge`, { into: id, reason: 'x' }), 404, 'incident.unknown')
  })

  test('shows the city a draft of a county only once it was sent', async () => {
    const linqu = await node.as('linqu')
    const city = await node.as('duty2')
    const { id } = await takeDown(node, 'linqu', { division: '370724' })
    await linqu.command(`/incidents/${id}/phone-reports`, { to: 'wf-emergency', answered_by: '值班员' })
    const report = (await linqu.command(`/incidents/${id}/reports`, { kind: 'first', to: 'wf-emergency', content: kContent })).id
    assertRefused(await city.ask('GET', `/reports/${report}`), 404, 'report.unknown')
    assertRefused(await linqu.post(`/reports/${report}/send`, {}), 422, 'report.not_signed')
    const leader = await node.as('linqu-leader')
    await leader.command(`/reports/${report}/sign`, {})
    const sent = await linqu.command(`/reports/${report}/send`, {})
    assert.equal((await city.get(`/reports/${report}?after=${sent.position}`)).state, 'received')
    assertRefused(await city.post(`/reports/${report}/versions`, { content: kContent }), 403, 'report.not_sender')
    assertRefused(await linqu.post(`/reports/${report}/receipt`, { decision: 'accepted' }), 403, 'report.not_receiver')
    assertRefused(await city.post(`/reports/${report}/receipt`, { decision: 'returned' }), 422, 'text.empty')
  })
}
