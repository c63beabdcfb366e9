// The leader's wall while a red warning is called out: who has not answered, who has since, what happens when the line breaks.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdirSync, rmSync } from 'node:fs'
import { kPassword, startNode } from '../api/node.mjs'
import { barriers } from './access.mjs'
import { Console, openBrowser } from './console.mjs'
import { shareOfHaste } from './haste.mjs'
import { cutTexts, outOfSight, wideBoxes } from './layout.mjs'

const kSizes = [{ width: 1920, height: 1080 }, { width: 1366, height: 768 }]
const kCounty = 'county-370783'
const kTown = 'town-370783115'
const kLimitMs = 60_000
const kLiveMs = 2_000
const kPictures = process.env.ANLAN_PICTURES
const kIncidents = [
  { type: '12H00', division: '370784', address: '某国道与县道路口（虚构）', summary: '客车与货车相撞，正在救援。', dead: 3, injured: 8 },
  { type: '12G04', division: '370702', address: '和平路某商住楼（虚构）', summary: '商住楼二层起火，正在疏散人员。', injured: 1 },
  { type: '12D02', division: '370783115', summary: '装卸管线泄漏，已关闭阀门。', dead: 0, missing: 0, injured: 0 },
  { type: '11A06', division: '370724', summary: '上游强降雨，溪沟水位猛涨，村民正在转移。' },
]
const share = shareOfHaste()
let node, browser, wall
let id = ''

/** Drafted by one person and signed by two. */
async function issue(code, colour, name, divisions) {
  const desk = await node.as('duty1')
  const { items } = await desk.get('/warnings/templates')
  const { headline, description, instruction } = items.find((one) => one.type.code === code && one.colour === colour)
  const content = {
    type: code, colour, headline, instruction, description: description.replace('{area}', name), channels: ['page'],
    area: { description: name, divisions, rings: [], circles: [] }, audience: { roles: [], hazards: [], vulnerabilities: [] },
    expires: new Date(Date.now() + 6 * 3_600_000).toISOString(),
  }
  const made = await desk.command('/warnings', { content })
  for (const account of ['duty1', 'leader1']) {
    const signer = await node.as(account)
    const { people_now: people } = await signer.get(`/warnings/${made.id}`)
    await signer.command(`/warnings/${made.id}/sign`, { version: 1, people, password: kPassword })
  }
  return made.id
}

async function picture(name) {
  if (!kPictures) return
  await wall.page.waitForTimeout(1_500)
  mkdirSync(kPictures, { recursive: true })
  await wall.page.screenshot({ path: `${kPictures}/${name}.png` })
}

const panel = (name) => wall.page.locator(`.wall > .${name}`)
const rows = () => panel('silent').locator('.silent-row:visible')
const answer = (account, organisation, place) =>
  node.as(account).then((officer) => officer.command(`/callouts/${id}/${organisation}/answers`, { place, callee: 0, way: 'voice', action: '已转移低洼处43户' }))
const callout = async () => (await (await node.as('duty1')).get(`/warnings/${id}/callouts`)).items
const numberIn = async (selector) => Number(await panel('silent').locator(`${selector} b`).innerText())

/** Everything is on the screen whole, and nothing can be moved. */
async function assertWhole(size) {
  assert.deepEqual(await wideBoxes(wall.page), [], size)
  assert.deepEqual(await cutTexts(wall.page, 'main *'), [], size)
  assert.deepEqual(await outOfSight(wall.page, '.wall-panel, .wall-bar, .wall li:not(.over) > *'), [], size)
  const moves = await wall.page.evaluate(() =>
    [document.scrollingElement, ...document.querySelectorAll('main, .wall, .wall *')]
      .filter((box) => ['auto', 'scroll'].includes(getComputedStyle(box).overflowY) && box.scrollHeight > box.clientHeight + 1)
      .map((box) => box.className),
  )
  assert.deepEqual(moves, [], size)
  assert.equal(await wall.page.evaluate(() => document.scrollingElement.scrollHeight <= window.innerHeight), true, size)
}

before(async () => {
  process.env.ANLAN_SHARE = share
  node = await startNode()
  browser = await openBrowser()
  const desk = await node.as('duty1')
  for (const told of kIncidents) await desk.command('/incidents', told)
  wall = await Console.open(browser, node.url)
  await wall.signIn('leader1', kPassword)
})
after(async () => {
  assert.deepEqual([wall?.faults, wall?.kept], [[], []])
  await browser?.close()
  await node?.stop()
  rmSync(share, { recursive: true, force: true })
})

test('the keys of the console lead to the wall, which fills the screen, and Escape back', async () => {
  await wall.press('g', 'l')
  await wall.page.waitForURL(/\/wall/)
  await panel('incidents').locator('.incident:visible').first().waitFor()
  assert.equal(await wall.page.locator('.frame-bar, .frame-rail').count(), 0)
  await wall.sees('目前没有生效中的预警', '.warnings')
  assert.match(await panel('incidents').locator('.incident').first().innerText(), /较大[\s\S]*安丘市[\s\S]*死\s*3[\s\S]*报数[\s\S]*待电话报告/)
  await assertWhole('calm')
  await picture('wall-calm-1920')
  await wall.press('Escape')
  await wall.page.waitForURL(/\/desk/)
  await wall.page.locator('.frame-bar').waitFor()
  await wall.press('g', 'l')
  await panel('incidents').locator('.incident:visible').first().waitFor()
})

test('a red warning comes by itself, with everybody who has not answered and who must take it on', async () => {
  id = await issue('11A01', 'red', '寿光市', ['370783'])
  const orange = await issue('11B03', 'orange', '临朐县、青州市', ['370724', '370781'])
  await rows().first().waitFor()
  await panel('warnings').locator('.warning-row').filter({ hasText: /红色[\s\S]*洪水 寿光市[\s\S]*剩/ }).waitFor()
  await panel('taking').locator('.waits').filter({ hasText: /羊口镇应急办[\s\S]*剩\s*\d+:\d\d/ }).waitFor()
  await panel('warnings').locator('.warning-row').filter({ hasText: '橙色' }).waitFor()
  assert.ok((await (await node.as('leader1')).get(`/warnings/${orange}`)).in_force)
  const places = (await (await node.as('leader1')).get('/callouts')).items.flatMap((one) => one.places)
  await panel('silent').locator('.answered').filter({ hasText: `/ ${places.length} 处已应答` }).waitFor()
  const shown = await rows().count()
  const rest = Number((await panel('silent').locator('.left').innerText()).match(/另有 (\d+) 项/)[1])
  assert.equal(shown + rest, places.length)
  assert.equal(wall.loads, 1)
})

test('an answer takes its line away without loading anew', async () => {
  const [county] = (await callout()).filter(({ organisation }) => organisation.id === kCounty)
  const first = (await rows().first().locator('.where').innerText()).trim()
  const { number } = county.places.find(({ division_name }) => division_name === first)
  const before = await numberIn('.answered')
  const told = Date.now()
  await answer('shouguang', kCounty, number)
  await rows().filter({ hasText: first }).waitFor({ state: 'detached' })
  assert.ok(Date.now() - told < kLiveMs, `${Date.now() - told} ms`)
  assert.equal(await numberIn('.answered'), before + 1)
  assert.equal(wall.loads, 1)
})

test('who does not answer in time stands first, in the colour of the warning and its word', async () => {
  await panel('silent').locator('.silent-row.unanswered:visible').first().waitFor({ timeout: 2 * kLimitMs })
  await panel('silent').locator('.missing').filter({ hasNotText: /^0/ }).waitFor()
  assert.match(await rows().first().innerText(), /红色预警无人应答[\s\S]*人均未应答[\s\S]*须派人上门/)
  await (await node.as('shouguang-leader')).command(`/callouts/${id}/${kCounty}/decision`, { accepted: true, reason: '', password: kPassword })
  await panel('taking').locator('.accepted').filter({ hasText: '寿光市应急局' }).waitFor()
  assert.doesNotMatch(await panel('taking').locator('.taking').first().innerText(), /已签收/)
  await answer('yangkou', kTown, 0)
})

test('nothing scrolls and nothing is cut off on any wall, and everybody can read it', async () => {
  for (const size of kSizes) {
    await wall.page.setViewportSize(size)
    await wall.show('/wall', '.silent-row')
    await wall.page.locator('.wall-map canvas').first().waitFor()
    await assertWhole(`${size.width}`)
    assert.deepEqual((await barriers(wall.page)).broken, [], `${size.width}`)
    await picture(`wall-${size.width}`)
  }
})

test('what is from before the line broke is hatched and said, and no more once it stands again', async () => {
  assert.equal(await wall.page.locator('.stale').count(), 0)
  await wall.context.setOffline(true)
  await wall.page.locator('.broken').getByText(/实时连接自 \d\d:\d\d:\d\d 中断/).waitFor()
  assert.equal(await wall.page.locator('.wall-panel.stale').count(), await wall.page.locator('.wall-panel').count())
  await wall.page.locator('.silent .old').getByText(/停在 \d\d:\d\d/).waitFor()
  await assertWhole('broken')
  await picture('wall-broken-1366')
  await wall.context.setOffline(false)
  await wall.page.locator('.broken').waitFor({ state: 'detached' })
  await wall.page.locator('.stale').waitFor({ state: 'detached' })
})

test('the wall goes back to incidents when the warnings are over', async () => {
  const desk = await node.as('duty1')
  for (const { id: one } of (await desk.get('/warnings?state=issued')).items) await desk.command(`/warnings/${one}/cancel`, { ending: 'passed', reason: '险情已过' })
  await panel('silent').waitFor({ state: 'detached' })
  await wall.sees('目前没有生效中的预警', '.warnings')
})

test('prepared texts are found by pinyin, and one of them is where a draft begins', async () => {
  await wall.show('/warnings', '.library')
  await wall.page.locator('.library').click()
  await wall.page.locator('.template').first().waitFor()
  await wall.page.locator('.search').last().fill('hs')
  await wall.page.locator('.template').filter({ hasText: '洪水红色预警' }).waitFor()
  assert.equal(await wall.page.locator('.template').filter({ hasText: '台风' }).count(), 0)
  assert.deepEqual(await wideBoxes(wall.page), [])
  await picture('templates-1366')
})
