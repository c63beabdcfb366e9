// What a form asks, whom it offers, and what it says when the node refuses, as a person at a console reads it.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { kPassword, startNode } from '../api/node.mjs'
import { Console, kRoot, openBrowser } from './console.mjs'

let node, browser

async function open(account, { language = 'zh-CN', path = '/desk' } = {}) {
  const console = await Console.open(browser, node.url, { language })
  await console.context.addInitScript((wanted) => localStorage.setItem('anlan.locale', wanted), language)
  await console.signIn(account, kPassword)
  if (path !== '/desk') await console.page.goto(path)
  return console
}

before(async () => {
  node = await startNode()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await node?.stop()
})

/** Names of the inputs of the form of a phone report that a person can see. */
const inputs = (page) => page.locator('.report form').locator('input.in, textarea.in, select.in').evaluateAll((all) => all.map((one) => one.id.replace('report-', '')))

/** Takes the first match of what is typed into a field that finds. */
async function pick({ page }, id, text, match) {
  await page.locator(`#${id}`).fill(text)
  await page.getByRole('option').filter({ hasText: match }).first().click()
}

test('the phone report of an earthquake asks its magnitude in the place of the unit, and the incident has it', async () => {
  const console = await open('duty1')
  const { page } = console
  await page.locator('#report-type').waitFor()
  const usual = await inputs(page)
  assert.equal(usual.length, 12)
  await pick(console, 'report-type', '11C02', '天然地震')
  await page.locator('#report-magnitude').waitFor()
  assert.deepEqual(await inputs(page), usual.map((name) => (name === 'unit' ? 'magnitude' : name)))
  await pick(console, 'report-division', 'yangkou', '羊口镇')
  await page.locator('#report-summary').fill('有感地震，未接到伤亡报告。')
  await page.locator('#report-magnitude').fill('5.2')
  await page.locator('.proposal').getByText('较大').waitFor()
  const sent = []
  page.on('request', (request) => request.method() === 'POST' && sent.push(new URL(request.url()).pathname))
  await console.press('Control+Enter')
  await page.locator('.registered a').click()
  await page.locator('.workspace').getByText('震级5.2').first().waitFor()
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const shown = await (await node.as('duty1')).get(`/incidents/${id}`)
  assert.deepEqual([shown.figures.magnitude, shown.grade, sent], [5.2, 'larger', ['/api/v1/incidents']])
  await console.context.close()
})

/** Makes the draft of a phone report, as it is kept, older. */
const layAside = (page, minutes) =>
  page.evaluate(async (ms) => {
    const settled = (request) => new Promise((done, failed) => Object.assign(request, { onsuccess: () => done(request.result), onerror: failed }))
    const drafts = (await settled(indexedDB.open('anlan'))).transaction('draft', 'readwrite').objectStore('draft')
    const key = (await settled(drafts.getAllKeys())).find((one) => one.startsWith('phone-report/'))
    const draft = await settled(drafts.get(key))
    const { learning } = draft.value
    draft.value.learning = { ...learning, at: learning.at - ms, touched: learning.touched - ms }
    draft.at -= ms
    await settled(drafts.put(draft, key))
    return { begun: Math.trunc(draft.value.learning.at), writtenAt: draft.at }
  }, minutes * 60_000)

test('the desk has learnt of an incident when its draft was begun, and a draft of long ago counts anew', async () => {
  const console = await open('duty1')
  const { page } = console
  await pick(console, 'report-type', '12D02', '危险化学品')
  await page.locator('.learnt').getByText('开始登记时').waitFor()
  await page.locator('.report').getByText('已自动保存').waitFor()
  const { begun } = await layAside(page, 20)
  await page.reload()
  await page.locator('.learnt').getByText('开始登记时').waitFor()
  await pick(console, 'report-division', 'yangkou', '羊口镇')
  await page.locator('#report-summary').fill('装卸管线泄漏')
  assert.equal((await inputs(page)).length, 12)
  const body = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/incidents'))
  await console.press('Control+Enter')
  assert.equal(Date.parse((await body).postDataJSON().learnt_at), begun)
  await page.locator('.registered a').click()
  await page.waitForURL('**/incidents/*')
  const { learnt_at } = await (await node.as('duty1')).get(`/incidents/${new URL(page.url()).pathname.split('/').at(-1)}`)
  assert.equal(Date.parse(learnt_at), begun)

  await page.goto('/desk')
  await page.locator('#report-summary').fill('昨日未登记完')
  await page.locator('.learnt').getByText('开始登记时').waitFor()
  await page.locator('.report').getByText('已自动保存').waitFor()
  const { writtenAt } = await layAside(page, 24 * 60)
  const yesterday = new Date(writtenAt + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ')
  for (let times = 0; times < 2; ++times) {
    await page.reload()
    await page.locator('.report').getByText(`已恢复 ${yesterday} 写下的内容`).waitFor()
    await page.locator('.learnt').getByText('继续登记时').waitFor()
    await page.waitForTimeout(2_500)
  }
  await page.locator('.report').getByText(`已恢复 ${yesterday} 写下的内容`).waitFor()
  await page.locator('#report-address').fill('开发区')
  await page.locator('.report').getByText('已自动保存').waitFor()
  await page.locator('.learnt').getByRole('button', { name: '改为现在' }).click()
  await page.locator('.learnt').getByText('手动改定').waitFor()
  await console.context.close()
})

test('what was typed as a part and never chosen is no kind of event, and is refused at its field', async () => {
  const console = await open('duty1')
  const { page } = console
  await pick(console, 'report-division', 'yangkou', '羊口镇')
  await page.locator('#report-summary').fill('装卸管线泄漏')
  await page.locator('#report-type').fill('x')
  await page.getByRole('option').first().waitFor()
  const sent = []
  page.on('request', (request) => request.method() === 'POST' && sent.push(new URL(request.url()).pathname))
  await console.press('Control+Enter')
  assert.equal(await page.locator('.field.type .fault').innerText(), '请从列表中选定一项')
  await console.focused('#report-type')
  assert.deepEqual([await page.locator('#report-type').inputValue(), sent], ['x', []])
  await page.locator('#report-type').fill('12D02')
  await console.press('Control+Enter')
  await page.locator('.registered').getByText('危险化学品').waitFor()
  await console.context.close()
})

test('the figures of a leak ask for no magnitude until somebody wants to state one', async () => {
  const desk = await node.as('duty1')
  const { id } = await desk.command('/incidents', { type: '12D02', division: '370783', summary: '装卸管线泄漏' })
  const console = await open('duty1', { path: `/incidents/${id}` })
  await console.act('f', '伤亡数字', async (dialog) => {
    assert.equal(await dialog.locator('[name=magnitude]').count(), 0)
    await dialog.getByRole('button', { name: '更多' }).click()
    await dialog.getByLabel('过火面积（公顷）').fill('12.5')
    await dialog.getByLabel('直接经济损失（元）').fill('25000000')
    await dialog.getByText('即 2,500 万元').waitFor()
    await dialog.getByLabel('来源').fill('现场指挥部')
  })
  const { figures } = await desk.get(`/incidents/${id}`)
  assert.deepEqual([figures.burnt_ha, figures.loss_yuan, figures.magnitude], [12.5, 25_000_000, null])
  await console.context.close()
})

test('an instruction that asks for a verified report starts its clock, and the desk corrects when it learnt of an incident', async () => {
  const desk = await node.as('duty1')
  const { id } = await desk.command('/incidents', { type: '12D02', division: '370783', summary: '装卸管线泄漏' })
  const console = await open('duty1', { path: `/incidents/${id}` })
  await console.act('i', '批示', async (dialog) => {
    await dialog.getByLabel('批示内容').fill('核清泄漏数量')
    await dialog.getByLabel('输入名称查找').fill('寿光')
    await console.press('Enter')
    assert.deepEqual((await dialog.locator('.many label').allInnerTexts()).map((text) => text.trim()), ['寿光市应急局'])
    assert.equal(await dialog.getByLabel('寿光市应急局').isChecked(), true)
    await console.press('Tab', 'Tab')
    await console.focused('#act-given_at')
    await dialog.getByLabel('要求核报').check()
  })
  const verified = (await desk.get(`/incidents/${id}`)).clocks.filter((clock) => clock.leg === 'verify')
  assert.deepEqual(verified.map((clock) => [clock.organisation.short, clock.basis]), [['寿光市应急局', 'request']])
  const { learnt_at: before } = await desk.get(`/incidents/${id}`)
  const heard = new Date(Date.parse(before) - 5 * 60_000 + 8 * 3_600_000).toISOString().slice(0, 16)
  await console.act('c', '更正', async (dialog) => {
    await dialog.getByLabel('理由').fill('以来电记录为准')
    await dialog.getByLabel('接报时间').fill(heard.replace('T', ' '))
  })
  const assumed = (await desk.get(`/incidents/${id}`)).clocks.filter((clock) => clock.assumed && clock.state === 'running' && clock.organisation.short !== '寿光市应急局')
  assert.ok(assumed.length > 0)
  assert.deepEqual([...new Set(assumed.map((clock) => clock.starts_at.slice(0, 16)))], [heard])
  await console.context.close()
})

test('a shift is led by somebody who can sign, and not by its chief', async () => {
  const console = await open('duty1')
  const { page } = console
  await console.button('接班').click()
  const offered = (role) => page.locator(`#shift-${role} option`).allInnerTexts()
  await page.locator('#shift-chief option').nth(1).waitFor({ state: 'attached' })
  const everybody = await offered('chief')
  const leading = await offered('leader')
  assert.deepEqual(leading, ['—', '郑丁卯 · 局长', '赵戊辰 · 副局长'])
  assert.ok(everybody.length > leading.length && leading.every((one) => everybody.includes(one)))
  await page.locator('#shift-leader').selectOption({ label: '郑丁卯 · 局长' })
  await page.locator('#shift-chief').selectOption({ label: '郑丁卯 · 局长' })
  assert.deepEqual(await offered('leader'), ['—', '赵戊辰 · 副局长'])
  assert.equal(await page.locator('#shift-leader').inputValue(), '')
  assert.equal((await offered('deputy')).includes('郑丁卯 · 局长'), false)
  await console.context.close()
})

/** Names of everything that a command or a page of the interface takes. */
async function membersOfInterface() {
  const { paths, components } = await (await fetch(`${node.url}/api/v1/openapi.json`)).json()
  const names = new Set()
  const walk = (schema) => {
    if (schema?.$ref) return walk(components.schemas[schema.$ref.split('/').at(-1)])
    for (const [name, member] of Object.entries(schema?.properties ?? {})) (names.add(name), walk(member))
    for (const part of [schema?.items, ...(schema?.oneOf ?? []), ...(schema?.anyOf ?? [])]) if (part) walk(part)
  }
  for (const operation of Object.values(paths).flatMap(Object.values)) {
    walk(operation.requestBody?.content?.['application/json']?.schema)
    for (const { in: place, name } of operation.parameters ?? []) if (place === 'query') names.add(name)
  }
  return [...names]
}

test('every member of the interface that a refusal may name has a label in both languages', async () => {
  const named = await membersOfInterface()
  assert.ok(named.length > 70, `${named.length} members`)
  for (const language of ['zh-CN', 'en']) {
    const texts = (folder) => JSON.parse(readFileSync(`${kRoot}/console/src/${folder}/${language}.json`, 'utf8'))
    const labels = { ...texts('report').field, ...texts('incident').field, ...texts('base').figure, ...texts('base').field }
    assert.deepEqual(named.filter((name) => !labels[name]), [], language)
  }
})

for (const [language, title, by, said] of [
  ['zh-CN', '电话报告', '接听人', '“时间”过早：事件应在一年之内，接报不能早于事发，报告不能早于本单位接报。请核对时间。'],
  ['en', 'Phone report', 'Answered by', "“Time” is too early: an event lies within a year, learning of it not before the event, a report not before one's own learning of it. Check the time."],
])
  test(`a refusal calls the field as the form does, beside it and below (${language})`, async () => {
    const { id } = await (await node.as('duty1')).command('/incidents', { type: '12D02', division: '370783', summary: '装卸管线泄漏' })
    const console = await open('duty1', { language, path: `/incidents/${id}` })
    const { page } = console
    await page.locator('.workspace .acts').waitFor()
    await page.evaluate(() => document.activeElement?.blur())
    await console.press('p')
    const dialog = page.getByRole('dialog', { name: title })
    await dialog.getByLabel(by).fill('119')
    await dialog.locator('#act-at').fill('2025-01-01 08:00')
    await console.press('Control+Enter')
    assert.equal(await dialog.locator('.field', { has: page.locator('#act-at') }).locator('.fault').innerText(), said)
    await dialog.getByRole('alert').getByText(said).waitFor()
    await console.context.close()
  })

test('the list is filtered by days that are typed, and walked by Tab into its lines and by the arrows from there', async () => {
  const desk = await node.as('duty1')
  for (const division of ['370783', '370724']) await desk.command('/incidents', { type: '12D02', division, summary: '装卸管线泄漏' })
  const console = await open('duty1', { path: '/incidents' })
  const { page } = console
  const lines = page.locator('.incident-table .incident-title a')
  await lines.nth(1).waitFor()
  const [first, second] = await lines.evaluateAll((all) => all.map((one) => one.getAttribute('href')))
  const from = page.getByRole('group', { name: '接报时间' }).last().getByLabel('起', { exact: true })
  await from.focus()
  await console.type('20260101')
  await console.press('Tab')
  await page.waitForURL('**from=2026-01-01**')
  await lines.first().waitFor()
  for (let tabs = 0; tabs < 10 && !(await lines.first().evaluate((link) => link === document.activeElement)); ++tabs) await console.press('Tab')
  await console.press('ArrowDown')
  await page.waitForURL(`**at=${first.split('/').at(-1)}**`)
  await console.press('ArrowDown')
  await page.waitForURL(`**at=${second.split('/').at(-1)}**`)
  await console.press('Enter')
  await page.waitForURL(`**${second}`)
  await console.context.close()
})

test('while the line is down a search says so, and what is written is kept over a reload', async () => {
  const console = await open('duty1')
  const { page } = console
  await page.locator('section.due').waitFor()
  await console.context.setOffline(true)
  await page.locator('#report-division').fill('houzhen')
  await page.locator('[role=listbox]').getByText('连不上服务器').waitFor()
  await page.locator('#report-summary').fill('断网时写下的概况')
  await page.locator('.report').getByText('已自动保存').waitFor()
  await console.context.setOffline(false)
  await page.reload()
  await page.locator('.report').getByText('写下的内容').waitFor()
  assert.equal(await page.locator('#report-summary').inputValue(), '断网时写下的概况')
  await console.context.close()
})

test('a note of two thousand characters folds, and unfolds on demand', async () => {
  const desk = await node.as('duty1')
  const { id } = await desk.command('/incidents', { type: '12D02', division: '370783', summary: '装卸管线泄漏' })
  await desk.command(`/incidents/${id}/notes`, { text: '现场情况'.repeat(500) })
  const console = await open('duty1', { path: `/incidents/${id}` })
  const note = console.page.locator('.timeline li').filter({ hasText: '现场情况现场情况' })
  await note.getByRole('button', { name: '展开全文' }).waitFor()
  const folded = (await note.boundingBox()).height
  await note.getByRole('button', { name: '展开全文' }).click()
  await note.getByRole('button', { name: '收起' }).waitFor()
  const whole = (await note.boundingBox()).height
  assert.ok(folded < 160 && whole > 500, `${folded} then ${whole} pixels`)
  await console.context.close()
})

test('a desk that reports to nobody is told that no time limit of reports begins, and only such a desk', async () => {
  const administrator = await node.as('sysadmin')
  const county = (await administrator.get('/organisations')).items.find((one) => one.id === 'county-370724')
  const described = Object.fromEntries(['name', 'short', 'level', 'division', 'phone'].map((name) => [name, county[name]]))
  const console = await open('linqu')
  const notice = console.page.getByText('未登记上级单位')
  await console.page.locator('section.due').waitFor()
  await administrator.command(`/organisations/${county.id}`, described)
  await console.page.reload()
  await notice.first().waitFor()
  const foot = console.page.locator('.report .submit')
  await foot.getByText('未登记上级单位，登记后不计报送时限').waitFor()
  assert.doesNotMatch(await console.page.locator('.report').innerText(), /开始计时|起计时/)
  await administrator.command(`/organisations/${county.id}`, { ...described, superior: county.superior })
  await console.page.reload()
  await console.page.locator('section.due').waitFor()
  await foot.getByText('登记后立即开始计时').waitFor()
  assert.equal(await notice.count(), 0)
  await console.context.close()
})
