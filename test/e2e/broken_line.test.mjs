// The live line breaks while a desk works: what the desk is told, and that nothing is lost or comes twice.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { kPassword, startNode } from '../api/node.mjs'
import { Console, openBrowser } from './console.mjs'

const kFire = { type: '12G04', division: '370702', summary: '商住楼起火，正在疏散人员。' }
const kWritten = '断线时接到的电话'
let node, browser, desk, elsewhere

const strip = () => desk.page.locator('.line-strip')

/** What the list of the latest messages says of incidents taken down, the oldest first. */
async function openings() {
  const entries = desk.page.locator('.messages li').filter({ hasText: '新登记事件' })
  return (await entries.locator('a').evaluateAll((all) => all.map((one) => one.getAttribute('href').split('/').at(-1)))).reverse()
}

before(async () => {
  node = await startNode()
  browser = await openBrowser()
  elsewhere = await node.as('duty2')
  desk = await Console.open(browser, node.url)
  const lineStands = desk.page.waitForResponse((response) => response.url().includes('/api/v1/feed'))
  await desk.signIn('duty1', kPassword)
  await lineStands
})
after(async () => {
  await browser?.close()
  await node?.stop()
})

test('while the line is broken the desk reads since when, what it sees is from before, and what it writes waits', async () => {
  const { page } = desk
  const first = await elsewhere.command('/incidents', kFire)
  await page.locator(`.due a[href*="${first.id}"]`).waitFor()
  assert.equal(await strip().count(), 0)
  await desk.context.setOffline(true)
  await strip().getByText(/实时连接自 \d\d:\d\d:\d\d 起中断，正在重连/).waitFor()
  await strip().getByText('画面停在中断前的情况').waitFor()

  const missed = []
  for (let i = 0; i < 3; ++i) missed.push(await elsewhere.command('/incidents', { ...kFire, injured: i }))
  await desk.press('F2')
  await desk.focused('#report-type')
  await desk.type('12d02')
  await page.getByRole('option').first().waitFor()
  await desk.press('Enter')
  await page.locator('#report-summary').fill(kWritten)
  for (const { id } of missed) assert.equal(await page.locator(`.due a[href*="${id}"]`).count(), 0)

  await desk.context.setOffline(false)
  await strip().getByText('实时连接已恢复').waitFor()
  await strip().getByText(/\d\d:\d\d:\d\d 至 \d\d:\d\d:\d\d 间的变化已全部补上/).waitFor()
  for (const { id } of [first, ...missed]) assert.equal(await page.locator(`.due a[href*="${id}"]`).count(), 1)
  assert.equal(await page.locator('#report-summary').inputValue(), kWritten)
  await page.locator('.bell').click()
  await page.locator('.messages li').first().waitFor()
  assert.deepEqual(await openings(), [first, ...missed].map(({ id }) => id))
  await page.keyboard.press('Escape')
})

test('what was submitted into a broken line is refused in words, and submitting it again registers it once', async () => {
  const { page } = desk
  await page.locator('#report-division').fill('yangkou')
  await page.getByRole('option').filter({ hasText: '羊口镇' }).first().click()
  await desk.context.setOffline(true)
  await strip().getByText('起中断，正在重连').waitFor()
  await page.locator('#report-summary').focus()
  await desk.press('Control+Enter')
  await page.locator('.report .problem-note').getByText('连不上服务器').waitFor()
  await desk.context.setOffline(false)
  await strip().getByText('已全部补上').waitFor()
  await desk.press('Control+Enter')
  await page.locator('.registered').waitFor()
  const { items } = await elsewhere.get('/incidents?state=open')
  const written = await Promise.all(items.map(({ id }) => elsewhere.get(`/incidents/${id}`)))
  assert.equal(written.filter((one) => one.summary === kWritten).length, 1)
  await strip().getByRole('button', { name: '关闭' }).click()
  await strip().waitFor({ state: 'detached' })
  assert.deepEqual([desk.loads, desk.faults], [1, []])
})
