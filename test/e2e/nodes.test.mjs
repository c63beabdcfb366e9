// The page of nodes while the line between two of them is cut and healed, on both sides of it.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { kPassword } from '../api/node.mjs'
import { done, scratch } from '../cli/program.mjs'
import { Console, openBrowser } from './console.mjs'
import { wideBoxes } from './layout.mjs'
import { startTwoNodes } from './two_nodes.mjs'

const at = scratch(after)
const kCity = '潍坊市应急管理局节点', kCounty = '寿光市应急管理局节点'
let nodes, browser, city, county

const row = ({ page }, name) => page.locator('tr').filter({ has: page.locator('strong', { hasText: name }) })
const trouble = ({ page }, name) => page.locator('.trouble article').filter({ hasText: name })
const sign = ({ page }) => page.locator('header.bar').getByRole('link', { name: /断线 \d/ })
const cell = (where, name, title) => row(where, name).locator(`td[data-title="${title}"]`)

async function opened(url, account, password) {
  const opened = await Console.open(browser, url)
  await opened.signIn(account, password)
  await opened.page.locator('nav.rail').getByRole('link', { name: '节点' }).click()
  await opened.page.waitForURL('**/nodes')
  return opened
}

before(async () => {
  nodes = await startTwoNodes(at)
  browser = await openBrowser()
  city = await opened(nodes.city.url, 'duty1', kPassword)
  county = await opened(nodes.county.url, nodes.desk.name, nodes.desk.password)
})
after(async () => {
  await browser?.close()
  await nodes?.stop()
})

test('both sides see each other in contact', async () => {
  await cell(city, kCounty, '状态').getByText('正常').waitFor()
  await cell(city, kCounty, '待下发').getByText('无', { exact: true }).waitFor()
  await cell(city, kCounty, '待上报').getByText('无', { exact: true }).waitFor()
  await cell(city, kCounty, '时钟').getByText('一致').waitFor()
  assert.match(await cell(city, kCounty, '磁盘可用').textContent(), /GB（\d+%）/)
  assert.match(await cell(city, kCounty, '版本').textContent(), /\d+\.\d+/)
  await cell(county, kCity, '状态').getByText('正常').waitFor()
  await row(county, kCounty).getByText('本节点').waitFor()
  await city.page.getByText('所有节点联系正常').waitFor()
})

test('a cut line stands out with since when and what waits, and its end too, without the page being reloaded', async () => {
  nodes.line.cut()
  await trouble(city, kCounty).getByText('中断').waitFor()
  await trouble(county, kCity).getByText('中断').waitFor()
  assert.match(await trouble(city, kCounty).locator('.since').textContent(), /^自 \d\d:\d\d 起，已 \d+ 秒$/)
  await trouble(city, kCounty).getByText('先打电话给对方值班室').waitFor()
  const made = await nodes.clients.city.command('/people', { name: '新来的人', organisation: 'wf-emergency', post: '值班员' })
  assert.ok(made.id)
  await trouble(city, kCounty).getByText(/待下发 1 条，最早已等/).waitFor()
  await cell(city, kCounty, '待下发').getByText('1 条').waitFor()
  const learnt_at = new Date(Date.now() - 60_000).toISOString()
  const { id } = await nodes.clients.county.command('/incidents', { type: '12D02', division: '370783', summary: '断线时登记', learnt_at, occurred_at: learnt_at })
  await nodes.clients.county.command(`/incidents/${id}/phone-reports`, { to: 'wf-emergency', answered_by: '王', said: '电话已报' })
  await cell(county, kCounty, '待上报').getByText(/\d+ 条，最早已等/).waitFor()

  const listed = JSON.parse((await done('nodes', '--json', '--data', at('city'), '--set', 'node.id=city-node')).out)
  assert.deepEqual(listed.find((one) => one.id === 'county-node').conditions, ['cut_off'])

  nodes.line.heal()
  await cell(city, kCounty, '状态').getByText('正常').waitFor()
  await cell(city, kCounty, '待下发').getByText('无', { exact: true }).waitFor()
  await cell(county, kCounty, '待上报').getByText('无', { exact: true }).waitFor()
  await city.page.getByText('所有节点联系正常').waitFor()
  assert.deepEqual([city.loads, city.faults, county.loads, county.faults], [1, [], 1, []])
})

test('every page tells of a cut line and leads to it, and an incident tells who of its parties cannot be heard', async () => {
  const learnt_at = new Date(Date.now() - 60_000).toISOString(), title = '断线前上报的事件'
  const { id } = await nodes.clients.county.command('/incidents', { type: '12D02', division: '370783', title, summary: title, learnt_at, occurred_at: learnt_at })
  await nodes.clients.county.command(`/incidents/${id}/phone-reports`, { to: 'wf-emergency', answered_by: '王', said: '电话已报' })
  await city.page.locator('nav.rail').getByRole('link', { name: '事件' }).click()
  await city.page.getByRole('link', { name: title }).click()
  await city.page.locator('.workspace h1', { hasText: title }).waitFor()
  await county.page.locator('nav.rail').getByRole('link', { name: '值班台' }).click()
  await county.page.waitForURL('**/desk')
  const silence = city.page.locator('.silence')
  assert.deepEqual([await sign(city).count(), await sign(county).count(), await silence.count()], [0, 0, 0])

  nodes.line.cut()
  const liaison = await Console.open(browser, nodes.city.url)
  await liaison.signIn('liaison1', kPassword)
  await sign(city).getByText('断线 1').waitFor()
  await sign(county).getByText(kCity).waitFor()
  assert.match(await silence.textContent(), /^寿光市应急局的线路已中断，\d\d:\d\d 之后的情况可能未到/)
  assert.equal(await sign(liaison).count(), 0)
  await sign(city).focus()
  await city.press('Enter')
  await trouble(city, kCounty).getByText('中断').waitFor()
  await city.page.goBack()
  await silence.waitFor()

  nodes.line.heal()
  for (const gone of [sign(city), sign(county), silence]) await gone.waitFor({ state: 'detached' })
  assert.deepEqual([city.loads, city.faults, county.loads, county.faults], [1, [], 1, []])
})

test('a telephone shows it without moving sideways, and a liaison does not see it', async () => {
  const phone = await Console.open(browser, nodes.city.url, { viewport: { width: 390, height: 844 } })
  await phone.signIn('leader1', kPassword)
  await phone.show('/nodes', 'tbody tr')
  await cell(phone, kCounty, '状态').getByText('正常').waitFor()
  assert.deepEqual(await wideBoxes(phone.page), [])
  const liaison = await Console.open(browser, nodes.city.url)
  await liaison.signIn('liaison1', kPassword)
  await liaison.page.locator('nav.rail a').first().waitFor()
  assert.equal(await liaison.page.locator('nav.rail').getByRole('link', { name: '节点' }).count(), 0)
})
