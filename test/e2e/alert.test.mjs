// Alerts of others at the consoles of a desk: seen as they come, made a warning of, followed, told as forged, dismissed.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { message } from '../api/cases/alerts.mjs'
import { kPassword, startNode } from '../api/node.mjs'
import { barriers } from './access.mjs'
import { Console, openBrowser } from './console.mjs'
import { cutTexts, wideBoxes } from './layout.mjs'

const kSizes = [{ width: 1920, height: 1080 }, { width: 1366, height: 768 }, { width: 390, height: 844 }]
const kLiveMs = 2_000
/** Folder for pictures of what the test saw; none where nothing is said. */
const kPictures = process.env.ANLAN_PICTURES
const kRain = { identifier: 'rain-1', headline: '省气象台发布暴雨橙色预警（虚构）' }
const kEnglish = `<info><language>en-US</language><category>Met</category><event>Rainstorm</event><urgency>Expected</urgency>
<severity>Severe</severity><certainty>Likely</certainty><headline>Orange rainstorm warning (fictitious)</headline><description>Heavy rain is expected.</description></info>`
const inTwoLanguages = (xml) => xml.replace('</alert>', `${kEnglish}</alert>`)
let node, browser, desk, watcher
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

/** Chooses a file at the button, as a person does. */
async function takeIn(console, xml, name = 'alert.xml') {
  await console.page.evaluate(() => document.activeElement?.blur())
  await console.press('g', 'o')
  const chooser = console.page.waitForEvent('filechooser')
  await console.button(/^录入报文/).click()
  await (await chooser).setFiles({ name, mimeType: 'text/xml', buffer: Buffer.from(xml) })
}

const link = (console, text, group = '') => console.page.locator(`.alerts ${group} a.line`).filter({ hasText: text })
const dialog = (console, name) => console.page.getByRole('dialog', { name })
const post = async (xml) => (await node.as('duty3')).post('/alerts', xml, { headers: { 'Content-Type': 'application/xml' } })
const stored = async (of = id) => (await node.as('duty1')).get(`/alerts/${of}`)
const pathOf = (of) => `/alerts/${of.replace('.', '~')}`

before(async () => {
  node = await startNode()
  browser = await openBrowser()
  desk = await open('duty1')
  watcher = await open('duty2')
  await watcher.show('/alerts', '#alerts-new')
})
after(async () => {
  for (const console of [desk, watcher]) assert.deepEqual([console?.faults, console?.kept], [[], []])
  await browser?.close()
  await node?.stop()
})

test('an alert that is taken in at one console appears at the others, on the desk and at the bell', async () => {
  await watcher.sees('目前没有待处理的外部预警')
  await takeIn(desk, inTwoLanguages(message(kRain)))
  await desk.page.waitForURL('**/alerts/*~*')
  const at = Date.now()
  id = new URL(desk.page.url()).pathname.split('/').at(-1).replace('~', '.')
  await link(watcher, kRain.headline, '.new').waitFor()
  assert.ok(Date.now() - at < kLiveMs, `${Date.now() - at} ms`)
  assert.equal(watcher.loads, 2)
  const line = await link(watcher, kRain.headline).innerText()
  for (const word of ['橙色', 'weather.test', '寿光市（虚构）', '没有签名', '人工录入']) assert.ok(line.includes(word), `${word} in ${line}`)
  await watcher.page.evaluate(() => document.activeElement?.blur())
  await watcher.press('g', 'd')
  await watcher.sees(kRain.headline, '.pane.inbox')
  await picture(watcher, 'desk-1366')
  await watcher.page.locator('.bell.ringing').click()
  await watcher.page.locator('.waiting a').filter({ hasText: kRain.headline }).waitFor()
  await watcher.page.locator('.messages a').filter({ hasText: kRain.headline }).waitFor()
  await watcher.press('Escape')
})

test('it says all that it says, in each language, and its bytes can be had', async () => {
  await desk.sees('Orange rainstorm warning (fictitious)', '.texts .other')
  assert.ok((await desk.page.locator('.texts').innerText()).includes(kRain.headline))
  const saving = desk.page.waitForEvent('download')
  await desk.page.getByRole('link', { name: '下载原始报文' }).click()
  const kept = readFileSync(await (await saving).path(), 'utf8')
  for (const text of [kRain.headline, 'Orange rainstorm warning (fictitious)', '<identifier>rain-1</identifier>']) assert.ok(kept.includes(text), text)
})

test('no word is cut off on any screen, and everybody can use it', async () => {
  for (const viewport of kSizes) {
    const reader = await open('duty3', viewport)
    await reader.show(pathOf(id), '.texts .other')
    await reader.page.locator('.map-scale').waitFor()
    await picture(reader, `one-${viewport.width}`)
    assert.deepEqual(await cutTexts(reader.page, '.alert *'), [], `${viewport.width}`)
    assert.deepEqual(await wideBoxes(reader.page), [], `${viewport.width}`)
    assert.deepEqual((await barriers(reader.page)).broken, [])
    await reader.show('/alerts', 'section.new a')
    await picture(reader, `list-${viewport.width}`)
    assert.deepEqual(await cutTexts(reader.page, '.alerts *'), [], `${viewport.width}`)
    assert.deepEqual(await wideBoxes(reader.page), [], `${viewport.width}`)
    assert.deepEqual((await barriers(reader.page)).broken, [])
    await reader.context.close()
  }
})

test('it fills the form of a warning, beside what was being written of another one', async () => {
  await desk.page.goto('/warnings/new')
  await desk.page.locator('#warning-headline').fill('另一条还没写完的预警')
  await desk.sees('已自动保存')
  await desk.page.goto(pathOf(id))
  await desk.page.getByRole('toolbar', { name: '对这条外部预警的操作' }).waitFor()
  await desk.press('n')
  await desk.page.waitForURL('**/warnings/new?alert=*')
  await desk.page.locator('#warning-headline').waitFor()
  assert.equal(await desk.page.inputValue('#warning-headline'), kRain.headline)
  assert.equal(await desk.page.inputValue('#warning-type'), '暴雨')
  assert.ok(await desk.page.locator('[name=warning-colour][value=orange]').isChecked())
  await desk.sees('寿光市全域', '.area .parts')
  await desk.sees('本单位辖区以外的区划', '.older')
  assert.notEqual(await desk.page.inputValue('#warning-instruction'), '')
  assert.equal(await desk.page.locator('.channels label').filter({ hasText: '未接通' }).locator('input:checked').count(), 0)
  await picture(desk, 'compose-1366')
  await desk.page.locator('#warning-instruction').fill('沿河村庄做好转移准备。')
  await desk.sees('已自动保存')
  await desk.page.reload()
  await desk.sees('已恢复')
  assert.equal(await desk.page.inputValue('#warning-instruction'), '沿河村庄做好转移准备。')
  await desk.press('Control+Enter')
  await desk.page.locator('.pending').waitFor()
  await desk.sees(kRain.headline, '.origin')
  await desk.page.goto('/warnings/new')
  await desk.sees('已恢复')
  assert.equal(await desk.page.inputValue('#warning-headline'), '另一条还没写完的预警')
})

test('the alert says that it was used, and leads to the warning and back', async () => {
  assert.equal((await stored()).handling, 'used')
  await desk.page.goto(pathOf(id))
  await desk.page.locator('.made a').filter({ hasText: kRain.headline }).click()
  await desk.page.waitForURL('**/warnings/*~*')
  await desk.page.locator('.origin a').click()
  await desk.page.waitForURL(`**${pathOf(id)}`)
  await watcher.page.goto('/alerts')
  await watcher.sees('已据此起草预警', '.alerts .handled')
})

test('an update says so on what it changes, on the list and on the warning, and leads there', async () => {
  const kMore = { identifier: 'rain-2', kind: 'Update', references: kRain.identifier, severity: 'Extreme', headline: '省气象台升级为暴雨红色预警（虚构）' }
  const { json } = await post(message(kMore))
  await desk.sees('已更新', '.alert .state')
  await desk.page.locator('.column a').filter({ hasText: kMore.headline }).click()
  await desk.page.waitForURL(`**${pathOf(json.id)}`)
  await desk.sees('更新的是', '.column')
  await desk.page.locator('.column a').filter({ hasText: kRain.headline }).waitFor()
  await picture(desk, 'update-1366')
  await link(watcher, kMore.headline, '.new').waitFor()
  await watcher.page.getByRole('button', { name: '已更新' }).click()
  await watcher.page.waitForURL('**/alerts?state=updated')
  await link(watcher, kRain.headline, '.over').waitFor()
  const [warning] = (await stored()).warnings
  await desk.page.goto(`/warnings/${warning.replace('.', '~')}`)
  await desk.sees('原预警已更新，请核对', '.origin')
})

test('what is forged is told as refused to whoever brings it, on the list and with the alert', async () => {
  await takeIn(desk, message({ ...kRain, identifier: 'rain-2', headline: '警报已解除（虚构）' }), '伪造.xml')
  await desk.sees('伪造.xml 没有录入', '.refused')
  await desk.sees('同一编号内容不同', '.refused')
  await picture(desk, 'forged-1366')
  await watcher.page.getByRole('button', { name: '当前' }).click()
  await watcher.sees('可能是伪造，已拒收', '.alerts .new .offence')
  await link(watcher, '可能是伪造', '.new').click()
  await watcher.sees('另有报文用了这一编号，已拒收', '.forged')
  assert.ok(!(await watcher.page.locator('.alert').innerText()).includes('警报已解除'))
  await picture(watcher, 'forged-one-1366')
})

test('everything that is wrong with a message is told line by line', async () => {
  await takeIn(desk, message({ severity: 'Terrible', status: 'Perhaps' }), '有误.xml')
  await desk.sees('报文有 2 处错误', '.refused')
  const faults = await desk.page.locator('.refused li').allInnerTexts()
  assert.equal(faults.length, 2)
  for (const place of [/2\b.*status/, /3\b.*severity/]) assert.ok(faults.some((fault) => place.test(fault)), faults.join())
  await picture(desk, 'faults-1366')
})

test('what is of no use is dismissed with a reason', async () => {
  const { json } = await post(message({ identifier: 'far-1', headline: '外省大风蓝色预警（虚构）', severity: 'Minor' }))
  await desk.page.goto(pathOf(json.id))
  await desk.page.getByRole('toolbar', { name: '对这条外部预警的操作' }).waitFor()
  await desk.press('d')
  await dialog(desk, '排除这条外部预警').getByRole('button', { name: '排除' }).click()
  await desk.sees('请填写理由')
  await dialog(desk, '排除这条外部预警').getByRole('textbox').fill('不在本市')
  await dialog(desk, '排除这条外部预警').getByRole('button', { name: '排除' }).click()
  await desk.sees('已排除：不在本市')
  assert.equal((await stored(json.id)).dismissed, '不在本市')
  await watcher.page.goto('/alerts?state=dismissed')
  await link(watcher, '外省大风').waitFor()
  await picture(watcher, 'dismissed-1366')
})
