// A duty desk works through an incident at real consoles, from the call to the closing, and a second desk watches.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { kPassword, startNode } from '../api/node.mjs'
import { Console, openBrowser } from './console.mjs'
import { closeSheet, draft, fileReport, kClosing, kReturned, kRevised, kSummary, noteAccepted, openReport, send, sheet, sign, titleOf } from './story.mjs'
import { plain, textOfDocx, textOfPdf } from './texts.mjs'

const kMostKeys = 90
let node, browser, desk, second, leader, county, countyLeader, incident
const bulletins = {}

const enter = async (account) => {
  const console = await Console.open(browser, node.url)
  await console.marksFacts()
  await console.signIn(account, kPassword)
  return console
}

before(async () => {
  node = await startNode()
  browser = await openBrowser()
  desk = await enter('duty1')
  second = await enter('duty2')
  leader = await enter('leader1')
  county = await enter('shouguang')
  countyLeader = await enter('shouguang-leader')
})
after(async () => {
  await browser?.close()
  await node?.stop()
})

test('a report by telephone takes at most ninety keys, and the second desk sees it without reloading', async () => {
  await second.page.locator('section.due').waitFor()
  await second.page.evaluate(() => {
    const links = () => [...document.querySelectorAll('.due a')].map((link) => link.getAttribute('href'))
    const known = new Set(links())
    window.factsAt = []
    window.shownAt = new Promise((done) => {
      const look = () => links().some((link) => !known.has(link)) && done(performance.timeOrigin + performance.now())
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
    })
  })
  incident = await fileReport(desk)
  const shownAt = await second.page.evaluate(() => window.shownAt)
  const heardAt = await second.page.evaluate(() => window.factsAt[0])
  console.log(`keys=${incident.keys} answer_to_second_console_ms=${Math.round(shownAt - incident.answeredAt)} feed_to_page_ms=${Math.round(shownAt - heardAt)}`)
  assert.ok(incident.keys <= kMostKeys, `${incident.keys} keys`)
  await second.page.locator(`.due a[href*="${incident.id}"]`).click()
  await second.sees(incident.number, '.workspace')
})

test('clocks run for telephone and writing, and the telephone report meets the first', async () => {
  for (const one of [desk, second]) await one.page.locator('section[aria-labelledby=clocks]').getByText('待电话报告').first().waitFor()
  await desk.act('p', '电话报告', async (dialog) => {
    await dialog.getByLabel('接听人').fill('省厅值班员')
    await dialog.getByLabel('对方答复').fill('尽快书面报告')
  })
  await second.sees('接听 省厅值班员', '.workspace')
  await second.sees('按时', '.workspace')
})

test('a correction moves the incident to another town, with the point of that town, and names another kind', async () => {
  const city = await node.as('duty1')
  const before = await city.get(`/incidents/${incident.id}`)
  await desk.act('c', '更正', async (dialog) => {
    await dialog.getByLabel('理由').fill('复核：事发地在侯镇')
    await dialog.getByLabel('事件类别').fill('12D01')
    await dialog.getByRole('option').first().waitFor()
    await desk.press('Tab')
    await desk.focused('#act-division')
    await desk.type('houzhen')
    await dialog.getByRole('option').filter({ hasText: '侯镇' }).first().waitFor()
    await desk.press('Enter')
    await desk.page.waitForFunction((lng) => document.querySelector('#act-point').value !== lng, String(before.place.point.lng))
    await dialog.getByLabel('纬度', { exact: true }).fill('37.0123')
  })
  await second.sees('复核：事发地在侯镇', '.timeline')
  await second.sees('侯镇', '.facts .place')
  const shown = await city.get(`/incidents/${incident.id}`)
  assert.deepEqual([shown.type.code, shown.place.division, shown.place.point.lat], ['12D01', '370783109', 37.0123])
  assert.notEqual(shown.place.point.lng, before.place.point.lng)
  assert.equal(shown.summary, kSummary)
})

test('the leader on duty signs the first report at a console of their own, and the desk sends it', async () => {
  bulletins.first = await draft(desk)
  const title = await titleOf(desk)
  await sign(leader, title)
  await send(desk)
  await second.sees('已报送', 'section[aria-labelledby=reports]')
  await noteAccepted(desk)
  await second.sees('已签收', 'section[aria-labelledby=reports]')
})

test('the county is drawn in by an instruction and reports; the city returns its report once and then accepts it', async () => {
  await desk.act('i', '批示', async (dialog) => {
    await dialog.getByLabel('批示内容').fill('全力搜救，核清人数，及时报告')
    const giver = dialog.getByLabel('批示人')
    await dialog.locator('input').and(giver).evaluate((input) => new Promise((done) => {
      const look = () => (input.value ? done() : setTimeout(look, 20))
      look()
    })) // the people of the desk are asked for
    assert.equal(await giver.inputValue(), '郑丁卯 · 局长')
    await giver.press('ArrowDown')
    assert.deepEqual(await dialog.getByRole('option').allInnerTexts(), ['郑丁卯 · 局长', '赵戊辰 · 副局长'])
    await giver.press('Enter')
    await dialog.getByLabel(/寿光/).check()
  })
  await county.page.locator('.inbox').getByRole('link', { name: '全力搜救，核清人数，及时报告' }).click()
  await county.page.locator('.workspace .acts').waitFor()
  const report = await draft(county)
  const title = await titleOf(county)
  await sign(countyLeader, title)
  await send(county)

  await second.sees('待签收', 'section[aria-labelledby=reports]')
  await openReport(desk, '待签收')
  await desk.button('退回…').click()
  await desk.page.getByLabel('退回理由').fill(kReturned)
  await desk.page.getByRole('button', { name: '退回', exact: true }).click()
  await sheet(desk).locator('.state').filter({ hasText: '被退回' }).waitFor()
  await closeSheet(desk)
  await second.sees(kReturned, 'section[aria-labelledby=reports]')

  await sheet(county).locator('.state').filter({ hasText: '被退回' }).waitFor()
  await sheet(county).getByRole('button', { name: /^修改/ }).click()
  await county.page.locator('#content-situation').fill(kRevised)
  await county.button('保存，送签发').click()
  await county.page.waitForURL(`**report=${report}**`)
  await sign(countyLeader, title)
  await send(county)
  await closeSheet(county)
  await openReport(desk, '待签收')
  await sheet(desk).getByRole('button', { name: /^签收/ }).click()
  await sheet(desk).locator('.state').filter({ hasText: '已签收' }).waitFor()
  await sheet(desk).getByText(kRevised).waitFor()
  await closeSheet(desk)
  await second.sees('第 2 版', 'section[aria-labelledby=reports]')
})

test('a follow-up and a final report go up, and the incident is closed', async () => {
  await desk.act('f', '伤亡数字', async (dialog) => {
    await dialog.getByLabel('失踪').fill('0')
    await dialog.getByLabel('死亡').fill('1')
    await dialog.getByLabel('来源').fill('现场指挥部')
  })
  await second.sees('现场指挥部', '.workspace')
  for (const [kind, name] of [['续报', 'follow_up'], ['终报', 'final']]) {
    bulletins[name] = await draft(desk, { kind })
    await sign(leader, await titleOf(desk))
    await send(desk)
    await noteAccepted(desk)
    await second.sees(kind, 'section[aria-labelledby=reports]')
  }
  await desk.page.locator('.workspace .acts').getByRole('button', { name: '起草报告' }).waitFor({ state: 'hidden' })
  await desk.press('r')
  assert.equal(await desk.page.getByRole('dialog').count(), 0, 'after the final report there is none to draft')
  const answer = desk.page.locator('#instructions .answer')
  await answer.getByRole('textbox').fill('人员已找到，数字已核清')
  await answer.getByRole('button', { name: '办结' }).click()
  await second.sees('人员已找到，数字已核清', '#instructions')
  await desk.act('e', '办结', (dialog) => dialog.getByLabel('理由').fill(kClosing))
  await second.sees('已办结', '.workspace .top')
  await second.sees(kClosing, '.timeline')
})

test('the bulletins on paper say what the journal says, as PDF and as docx', async () => {
  const city = await node.as('duty1')
  const shown = await city.get(`/incidents/${incident.id}`)
  assert.equal(shown.state, 'closed')
  for (const id of Object.values(bulletins)) {
    const report = await city.get(`/reports/${id}`)
    assert.equal(report.state, 'accepted')
    const fetched = async (kind) => (await desk.context.request.get(report.documents[kind])).body()
    for (const text of [textOfPdf(await fetched('pdf')), textOfDocx(await fetched('docx'))]) {
      for (const said of [report.title, ...Object.values(report.content).filter((part) => typeof part === 'string')])
        for (const line of said.split(/\n|(?<=[。；])/)) assert.ok(text.includes(plain(line)), `${report.kind} lacks: ${line}`)
      assert.ok(text.includes('值班快报'))
    }
  }
  const first = textOfPdf(await (await desk.context.request.get((await city.get(`/reports/${bulletins.first}`)).documents.pdf)).body())
  assert.ok(first.includes(plain(kSummary)))
})

test('no console was reloaded on the way, and none broke', () => {
  for (const one of [desk, second, leader, county, countyLeader]) {
    assert.equal(one.loads, 1)
    assert.deepEqual(one.faults, [])
  }
})
