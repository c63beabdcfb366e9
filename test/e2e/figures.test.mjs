// What people will read of a warning before it is signed, and what it was worth once it is over.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { kPassword, startNode } from '../api/node.mjs'
import { until } from '../cli/program.mjs'
import { barriers } from './access.mjs'
import { Console, openBrowser } from './console.mjs'
import { cutTexts, wideBoxes } from './layout.mjs'

const kSizes = [{ width: 1920, height: 1080 }, { width: 1366, height: 768 }, { width: 390, height: 844 }]
/** A drill has a line of every kind. */
const kDrill = 'world=drill-1'
const kInstruction = '沿河村庄立即撤离到高处。'
const kMinuteMs = 60_000
/** Folder for pictures of what the test saw; none where nothing is said. */
const kPictures = process.env.ANLAN_PICTURES
let node, browser, desk
let id = ''

async function open(account, { viewport = kSizes[1], language = 'zh-CN' } = {}) {
  const console = await Console.open(browser, node.url, { viewport, language })
  await console.context.addInitScript((wanted) => localStorage.setItem('anlan.locale', wanted), language)
  await console.signIn(account, kPassword, `?${kDrill}`)
  return console
}

async function picture(console, name) {
  if (!kPictures) return
  await console.page.waitForTimeout(1500)
  mkdirSync(kPictures, { recursive: true })
  await console.page.screenshot({ path: `${kPictures}/${name}.png` })
}

const asked = async (path) => (await node.as('duty1')).get(`${path}?${kDrill}`)
const dialog = (console, name) => console.page.getByRole('dialog', { name })
const address = () => `/warnings/${id.replace('.', '~')}?${kDrill}`
const bubble = (within) => within.locator('.sms .bubble')
/** As an input of day and time takes it, in the time of the place. */
const typed = (at) => new Date(at + 8 * 60 * kMinuteMs).toISOString().slice(0, 16)

async function sign(console, button) {
  await console.page.getByRole('toolbar', { name: '对这条预警的操作' }).waitFor()
  await console.press('s')
  await dialog(console, '签发').waitFor()
  await console.page.locator('#sign-password').fill(kPassword)
  await dialog(console, '签发').getByRole('button', { name: button }).click()
  await dialog(console, '签发').waitFor({ state: 'hidden' })
}

before(async () => {
  node = await startNode()
  browser = await openBrowser()
  desk = await open('duty1')
})
after(async () => {
  assert.deepEqual([desk?.faults, desk?.kept], [[], []])
  await browser?.close()
  await node?.stop()
})

test('who writes reads the short message as it will arrive, and it follows what is written', async () => {
  await desk.show(`/warnings/new?${kDrill}&type=11A01&colour=red`, '#warning-headline')
  await desk.page.locator('#warning-division').focus()
  await desk.type('shouguang')
  await desk.page.locator('[role=option]').filter({ hasText: '寿光市' }).first().waitFor()
  await desk.press('Enter')
  await desk.page.locator('#warning-instruction').fill(kInstruction)
  await bubble(desk.page).filter({ hasText: kInstruction }).waitFor()
  const text = await bubble(desk.page).innerText()
  assert.ok(text.startsWith('【演练】') && text.endsWith(kInstruction), text)
  await desk.sees(/\d+ 字，(1 条|分 \d+ 条发送)/, '.arriving .sms')
  await picture(desk, 'texts-compose-1366')
  await desk.press('Control+Enter')
  await desk.page.locator('.pending').waitFor()
  id = new URL(desk.page.url()).pathname.split('/').at(-1).replace('~', '.')
})

test('who signs reads word by word what people will, by each channel', async () => {
  const { version, items } = await asked(`/warnings/${id}/texts`)
  assert.equal(version, 1)
  await desk.page.getByRole('toolbar', { name: '对这条预警的操作' }).waitFor()
  await desk.press('s')
  const shown = dialog(desk, '签发').locator('.arriving')
  await bubble(shown).waitFor()
  assert.equal(await bubble(shown).innerText(), items.find(({ kind }) => kind === 'sms').text)
  await picture(desk, 'texts-sign-1366')
  assert.deepEqual((await barriers(desk.page)).broken, [])
  for (const { kind, subject, text } of items.filter(({ kind }) => kind !== 'sms')) {
    const one = shown.locator(`details.${kind}`)
    await one.locator('summary').click()
    assert.equal(await one.locator('.bubble').innerText(), text, kind)
    assert.equal(await one.locator('.subject').count(), subject ? 1 : 0, kind)
  }
  await desk.press('Escape')
  await dialog(desk, '签发').waitFor({ state: 'hidden' })
})

test('the dialog of signing shows it on every screen', async () => {
  for (const viewport of kSizes) {
    const leader = await open('leader1', { viewport })
    await leader.show(address(), '.pending')
    await leader.page.getByRole('button', { name: /^签发/ }).click()
    await bubble(dialog(leader, '签发')).waitFor()
    await picture(leader, `texts-sign-${viewport.width}`)
    assert.deepEqual(await cutTexts(leader.page, '.sign .arriving *'), [], `${viewport.width}`)
    await leader.context.close()
  }
})

test('once it is over the desk says what came of it', async () => {
  const leader = await open('leader1')
  await leader.show(address(), '.pending')
  await sign(desk, '签发')
  await sign(leader, '签发并发布')
  await leader.context.close()
  await desk.page.locator('#figures').filter({ hasText: '尚未结束' }).waitFor()
  await (await node.as('duty1')).command(`/warnings/${id}/cancel?${kDrill}`, { ending: 'passed', reason: '水位已回落' })
  await desk.page.locator('#figures').filter({ hasText: '待评估' }).waitFor()
  await desk.page.evaluate(() => document.activeElement?.blur())
  await desk.press('a')
  await dialog(desk, '评估').waitFor()
  await desk.focused('.assess input')
  await desk.press('Control+Enter')
  await desk.sees('请选一项', '.assess')
  await dialog(desk, '评估').getByLabel('发生了', { exact: true }).check()
  await desk.press('Control+Enter')
  await desk.sees('请填开始发生的时间', '.assess')
  await desk.page.locator('#assess-observed').fill(typed(Date.now() - 30 * kMinuteMs))
  await desk.sees(/预警迟了 (2\d|30|31) 分/, '.assess')
  await desk.page.locator('#assess-note').fill('水位先已超警')
  await picture(desk, 'assess-1366')
  assert.deepEqual((await barriers(desk.page)).broken, [])
  await desk.press('Control+Enter')
  await dialog(desk, '评估').waitFor({ state: 'hidden' })
  await desk.page.locator('#figures').filter({ hasText: '命中' }).filter({ hasText: '迟于发生' }).waitFor()
  const { occurrence, lead_s, note } = await asked(`/warnings/${id}/figures`)
  assert.deepEqual([occurrence, lead_s < 0, note], ['came', true, '水位先已超警'])
})

test('a year shows what each warning was worth, and every number opens what it stands for', async () => {
  const missed = await (await node.as('duty1')).command(`/incidents?${kDrill}`, { type: '11A01', division: '370724', summary: '山洪冲毁道路（虚构）' })
  await until(async () => (await asked(`/warnings/${id}/figures`)).sent > 0, 20_000)
  await desk.show(`/warnings?${kDrill}`, '.tabs')
  await desk.page.getByRole('link', { name: '预警成效' }).click()
  const row = desk.page.locator('.behind tbody tr').filter({ hasText: '洪水红色预警' })
  await row.waitFor()
  const { people, places } = await asked(`/warnings/${id}/figures`)
  assert.ok(people > 0, 'contacts live there')
  await row.filter({ hasText: `/${people.toLocaleString('zh-CN')}` }).waitFor()
  await row.filter({ hasText: places > 0 ? `0/${places}` : '未叫应' }).waitFor()
  await desk.button(/命中/).click()
  await desk.page.waitForURL(/show=hit/)
  await row.waitFor()
  await desk.button(/空报/).click()
  await desk.sees('没有这样的预警', '.behind')
  await desk.button(/漏报/).click()
  await desk.page.locator(`.behind a[href*="${missed.id}"]`).waitFor()
  await picture(desk, 'misses-1366')
  await desk.button(/本单位发布的预警/).click()
  await row.locator('a[href*="#sending"]').click()
  await desk.page.locator('#sending').waitFor()
  await desk.page.waitForFunction(() => document.querySelector('#sending').getBoundingClientRect().top < window.innerHeight)
  await desk.page.goBack()
  await row.waitFor()
  await desk.press('ArrowLeft')
  await desk.sees('这一年本单位没有发布过预警', '.behind')
  await desk.sees('没有已知的发生', '.sums')
})

test('no word of it is cut off on any screen or in either language, and everybody can use it', async () => {
  for (const viewport of kSizes)
    for (const language of ['zh-CN', 'en']) {
      const reader = await open('duty3', { viewport, language })
      for (const [name, path, sign] of [['figures', `/warnings/figures?${kDrill}`, '.behind tbody tr'], ['figures-one', `${address()}#figures`, '#figures .cells'], ['misses', `/warnings/figures?${kDrill}&show=missed`, '.behind tbody tr']]) {
        await reader.show(path, sign)
        await picture(reader, `${name}-${viewport.width}-${language.slice(0, 2)}`)
        assert.deepEqual(await cutTexts(reader.page, '.figures *, #figures *'), [], `${path} ${viewport.width} ${language}`)
        assert.deepEqual(await wideBoxes(reader.page), [], `${path} ${viewport.width} ${language}`)
        assert.deepEqual((await barriers(reader.page)).broken, [], `${path} ${viewport.width} ${language}`)
      }
      await reader.context.close()
    }
})
