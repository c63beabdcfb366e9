// A warning from its first word to its end, at the consoles of those who compose, sign and read it.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { kPassword, startNode } from '../api/node.mjs'
import { barriers } from './access.mjs'
import { Console, openBrowser } from './console.mjs'
import { cutTexts, wideBoxes } from './layout.mjs'

const kSizes = [{ width: 1920, height: 1080 }, { width: 1366, height: 768 }, { width: 390, height: 844 }]
const kReach = '弥河下游段'
const kLiveMs = 2_000
/** Folder for pictures of what the test saw; none where nothing is said. */
const kPictures = process.env.ANLAN_PICTURES
let node, browser, desk, leader, watcher
let id = ''

async function open(account, viewport = kSizes[1]) {
  const console = await Console.open(browser, node.url, { viewport })
  await console.signIn(account, kPassword)
  return console
}

async function picture(console, name) {
  if (!kPictures) return
  await console.page.waitForTimeout(1500)
  mkdirSync(kPictures, { recursive: true })
  await console.page.screenshot({ path: `${kPictures}/${name}.png` })
}

/** The page of warnings by its keys, out of whatever was being written. */
async function goToWarnings(console) {
  await console.page.evaluate(() => document.activeElement?.blur())
  await console.press('g', 'w')
  await console.page.locator('#warnings-in_force').waitFor()
}

const stored = async () => (await node.as('duty1')).get(`/warnings/${id}`)
const dialog = (console, name) => console.page.getByRole('dialog', { name })

/** Chooses kind and colour by keyboard; what is prepared for them fills the rest. */
async function chooseRedFlood(console) {
  await console.focused('#warning-type')
  await console.type('hs')
  await console.page.locator('[role=option]').filter({ hasText: '11A01' }).waitFor()
  await console.press('Enter')
  await console.focused('[name=warning-colour]')
  await console.press('Space')
  await console.page.waitForFunction(() => document.querySelector('#warning-headline').value.includes('红色'))
}

/** Opens the dialog of signing, looks at what is signed, gives the password. */
async function sign(console, password, button) {
  await console.page.getByRole('toolbar', { name: '对这条预警的操作' }).waitFor()
  await console.press('s')
  await dialog(console, '签发').waitFor()
  await console.focused('#sign-password')
  await console.type(password)
  await dialog(console, '签发').getByRole('button', { name: button }).click()
}

before(async () => {
  node = await startNode()
  browser = await openBrowser()
  desk = await open('duty1')
  leader = await open('leader1')
  watcher = await open('duty2')
  await watcher.show('/warnings', '#warnings-in_force')
})
after(async () => {
  for (const console of [desk, leader, watcher]) assert.deepEqual([console?.faults, console?.kept], [[], []])
  await browser?.close()
  await node?.stop()
})

test('a warning without an area is kept as a draft that nobody can sign', async () => {
  await goToWarnings(desk)
  await desk.press('n')
  await chooseRedFlood(desk)
  await desk.sees('没有影响区域：可以先存草稿，但不能签发', 'footer')
  await desk.press('Control+Enter')
  await desk.page.locator('.pending').waitFor()
  id = new URL(desk.page.url()).pathname.split('/').at(-1).replace('~', '.')
  await desk.sees('没有影响区域，不能签发', '.pending')
  assert.equal(await desk.page.getByRole('button', { name: /^签发/ }).count(), 0)
  const refused = await (await node.as('leader1')).post(`/warnings/${id}/sign`, { version: 1, people: 0, password: kPassword })
  assert.equal(refused.json.code, 'warning.no_area')
})

test('what is written survives a page that is left', async () => {
  await desk.press('v')
  await desk.page.locator('#warning-instruction').fill('沿河村庄立即撤离。')
  await desk.sees('已自动保存')
  await desk.page.reload()
  await desk.sees('已恢复')
  assert.equal(await desk.page.inputValue('#warning-instruction'), '沿河村庄立即撤离。')
})

test('a river reach is chosen, named in the text, shown on the map and counted', async () => {
  await desk.page.locator('#warning-reach').focus()
  await desk.compose('xiayou', '下游')
  await desk.page.locator('[role=option]').filter({ hasText: kReach }).waitFor()
  await desk.press('Enter')
  await desk.sees(kReach, '.area .parts')
  assert.match(await desk.page.inputValue('#warning-description'), /影响弥河下游段/)
  await desk.sees(/区域内联系人 \d+ 人|没有登记的联系人/, 'footer')
  await desk.sees('须 2 人签发', 'footer')
  await picture(desk, 'compose-1366')
  await desk.press('Control+Enter')
  await desk.page.locator('.pending').waitFor()
  const { pending } = await stored()
  assert.equal(pending.number, 2)
  assert.equal(pending.content.area.reach, 'mihe-lower')
  assert.equal(pending.content.instruction, '沿河村庄立即撤离。')
})

test('two people sign, each with the password, and every console sees it come into force', async () => {
  await sign(desk, 'not-the-password', '签发')
  await dialog(desk, '签发').getByRole('alert').waitFor()
  await picture(desk, 'sign-1366')
  await desk.page.locator('#sign-password').fill(kPassword)
  await desk.press('Enter')
  await dialog(desk, '签发').waitFor({ state: 'hidden' })
  await desk.sees('已签 1 人，须 2 人', '.pending')

  await goToWarnings(leader)
  await leader.page.locator('.mine').getByRole('link').click()
  await sign(leader, kPassword, '签发并发布')
  await dialog(leader, '签发').waitFor({ state: 'hidden' })
  const signedAt = Date.now()
  await watcher.page.locator('section.in_force a').filter({ hasText: '洪水红色预警' }).waitFor()
  const tookMs = Date.now() - signedAt
  assert.ok(tookMs < kLiveMs, `${tookMs} ms`)
  assert.equal(watcher.loads, 2)
  await desk.page.locator('.state').filter({ hasText: '生效中' }).waitFor()
  const { state, in_force } = await stored()
  assert.equal(state, 'issued')
  assert.equal(in_force.signatures.length, 2)
  assert.match(in_force.identifier, /^370700/)
})

test('no word of its page is cut off on any screen, and everybody can use it', async () => {
  for (const viewport of kSizes) {
    const reader = await open('duty3', viewport)
    await reader.show(`/warnings/${id.replace('.', '~')}`, '.version dl')
    await reader.page.locator('.map-scale').waitFor()
    await picture(reader, `one-${viewport.width}`)
    assert.deepEqual(await cutTexts(reader.page, '.warning *'), [], `${viewport.width}`)
    assert.deepEqual(await wideBoxes(reader.page), [], `${viewport.width}`)
    assert.deepEqual((await barriers(reader.page)).broken, [])
    await reader.show('/warnings', 'section.in_force a')
    await picture(reader, `list-${viewport.width}`)
    assert.deepEqual(await cutTexts(reader.page, '.warnings *'), [], `${viewport.width}`)
    assert.deepEqual((await barriers(reader.page)).broken, [])
    await reader.show('/warnings/new', '#warning-type')
    assert.deepEqual(await wideBoxes(reader.page), [], `${viewport.width}`)
    assert.deepEqual((await barriers(reader.page)).broken, [])
    await reader.context.close()
  }
})

test('a change is drawn on the map, declined with a reason, and leaves what is in force', async () => {
  await desk.press('v')
  await desk.page.locator('.map-scale').waitFor()
  await desk.sees(kReach, '.area .parts')
  await desk.page.getByRole('button', { name: '画圆' }).click()
  const { x, y, width, height } = await desk.page.locator('.map-host').boundingBox()
  await desk.page.mouse.click(x + width / 2, y + height / 2)
  await desk.page.mouse.move(x + width / 2 + 30, y + height / 2)
  await desk.page.mouse.click(x + width / 2 + 60, y + height / 2)
  await desk.sees('图上圆 1', '.area .parts')
  await picture(desk, 'revise-1366')
  await desk.press('Control+Enter')
  await desk.sees('修改待签发', '.pending')
  await picture(desk, 'change-1366')
  await leader.page.locator('.pending').waitFor()
  await leader.press('d')
  await dialog(leader, '退回').getByRole('textbox').fill('范围画大了')
  await dialog(leader, '退回').getByRole('button', { name: '退回' }).click()
  await desk.sees('范围画大了', '.pending')
  const { pending, in_force } = await stored()
  assert.equal(pending.content.area.circles.length, 1)
  assert.equal(in_force.content.area.circles.length, 0)
  await desk.press('x')
  await dialog(desk, '撤回').getByRole('textbox').fill('按原范围')
  await dialog(desk, '撤回').getByRole('button', { name: '撤回' }).click()
  await desk.page.locator('.pending').waitFor({ state: 'detached' })
})

test('it is cancelled with one button and one click more, and is history everywhere', async () => {
  await desk.press('c')
  await dialog(desk, '解除预警').waitFor()
  await picture(desk, 'cancel-1366')
  await dialog(desk, '解除预警').getByRole('button', { name: '立即解除' }).click()
  await desk.page.locator('.state').filter({ hasText: '已解除' }).waitFor()
  await watcher.sees('目前没有生效中的预警')
  await watcher.page.getByRole('button', { name: '已解除' }).click()
  await watcher.page.waitForURL('**/warnings?state=cancelled')
  await watcher.page.locator('section.history a').filter({ hasText: '洪水红色预警' }).waitFor()
  assert.equal((await stored()).ending, 'passed')
})

test('a prepared warning is written by keyboard alone within a minute', async () => {
  const began = Date.now()
  await goToWarnings(desk)
  const keys = desk.keys
  await desk.press('n')
  await chooseRedFlood(desk)
  await desk.press('Tab')
  await desk.focused('#warning-division')
  await desk.type('shouguang')
  await desk.page.locator('[role=option]').filter({ hasText: '寿光市' }).first().waitFor()
  await desk.press('Enter')
  await desk.sees('寿光市全域', '.area .parts')
  await desk.sees(/区域内联系人 \d+ 人|没有登记的联系人/, 'footer')
  await desk.press('Control+Enter')
  await desk.page.locator('.pending').waitFor()
  assert.ok(desk.keys - keys < 40, `${desk.keys - keys} keys`)
  assert.ok(Date.now() - began < 60_000)
})
