// What a form asks, whom it offers, and what it says when the node refuses, as a person at a console reads it.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { kPassword, startNode } from '../api/node.mjs'
import { Console, openBrowser } from './console.mjs'

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
  await console.press('Control+Enter')
  await page.locator('.registered a').click()
  await page.locator('.workspace').getByText('震级5.2').first().waitFor()
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const shown = await (await node.as('duty1')).get(`/incidents/${id}`)
  assert.deepEqual([shown.figures.magnitude, shown.grade], [5.2, 'larger'])
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
