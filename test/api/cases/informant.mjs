// Who called in: masked, shown only by a recorded command, and gone when erased.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { assertRefused, lastFact, takeDown } from './story.mjs'

const kName = '欧阳虚构'
const kPhone = '100-0000-8642'

export default function (node) {
  test('masks the informant, shows it to the owner on the record, and erases it for good', async () => {
    const desk = await node.as('duty3')
    const { id, position } = await takeDown(node, 'duty3', { caller_name: kName, caller_phone: kPhone })
    const shown = await desk.get(`/incidents/${id}?after=${position}`)
    assert.equal(shown.source.informant.name_masked, '欧**')
    assert.equal(shown.source.informant.phone_masked, '100****8642')
    const timeline = JSON.stringify(await desk.get(`/incidents/${id}/timeline`))
    assert.ok(!timeline.includes(kName) && !timeline.includes(kPhone))
    assert.ok(!node.kept().includes(kName), 'the store holds it sealed only')

    const before = await lastFact(node, 'duty3')
    const revealed = await desk.command(`/incidents/${id}/informant/reveal`, {})
    assert.equal(revealed.name, kName)
    assert.equal(revealed.phone, kPhone)
    const auditor = await node.as('audadmin')
    const [record] = (await auditor.get('/audit?actor=duty3&size=1')).items
    assert.equal(record.type, 'personal_data.revealed')
    assert.ok(record.position > before)
    assert.ok(!JSON.stringify(record).includes(kName))

    await desk.command(`/incidents/${id}/instructions`, { text: '核实', given_by: 'p-leader1', to: ['county-370772'] })
    assertRefused(await (await node.as('binhai')).post(`/incidents/${id}/informant/reveal`, {}), 403, 'informant.elsewhere')

    const sealed = record.stream.slice('sealed/'.length)
    const security = await node.as('secadmin')
    assertRefused(await desk.post(`/sealed/${sealed}/erase`, { reason: '本人要求' }), 403, 'command.forbidden')
    assertRefused(await security.post(`/sealed/${sealed}/erase`, { reason: '' }), 422, 'text.empty')
    const { number } = shown
    for (const of of [id, number]) {
      // Another organisation may have given the number too: the administrator's own is another one than the desk's.
      const entry = (await security.get(`/sealed?of=${of}`)).items.find((one) => one.id === sealed)
      assert.deepEqual([entry.whose, entry.incident_number, entry.erased_at], ['informant', `${shown.organisation.short} ${number}`, null])
      assert.deepEqual((await security.get(`/sealed?of=${encodeURIComponent(entry.incident_number)}`)).items, [entry])
    }
    const erased = await security.command(`/sealed/${sealed}/erase`, { reason: '本人要求' })
    assertRefused(await desk.post(`/incidents/${id}/informant/reveal`, {}), 404, 'informant.erased')
    const again = await security.post(`/sealed/${sealed}/erase`, { reason: '再次' })
    assertRefused(again, 409, 'sealed.erased')
    const { items } = await security.get(`/sealed?of=${number}&after=${erased.position}`)
    assert.equal(items.find((one) => one.id === sealed).erased_at, again.json.values.at)
    assert.equal((await desk.get(`/incidents/${id}?after=${erased.position}`)).source.informant, null)
  })

  test('says so where nobody called', async () => {
    const desk = await node.as('duty3')
    const { id } = await takeDown(node)
    assertRefused(await desk.post(`/incidents/${id}/informant/reveal`, {}), 404, 'informant.none')
  })
}
