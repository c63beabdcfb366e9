// Every page of the console: usable by everybody, at the sizes that desks have and on a telephone, and never to be
// mistaken for a drill or a drill for it.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { kPassword, startNode } from '../api/node.mjs'
import { barriers } from './access.mjs'
import { Console, openBrowser } from './console.mjs'
import { clickable, outOfSight, wideBoxes } from './layout.mjs'

const kDesk = { width: 1920, height: 1080 }
const kSmall = { width: 1366, height: 768 }
const kPhone = { width: 390, height: 844 }
const kIncidents = 12
const kDrill = 'drill-1'
const kFire = { type: '12G04', division: '370702', summary: '商住楼起火，正在疏散人员。' }
let node, browser
/** Incidents of the real world, and a report that was returned with a reason and came again. */
const shown = { running: '', closed: '', report: '' }

/** The pages of each account, and what must stand there before a page counts as shown. */
const pages = ({ running, closed } = shown) => ({
  duty1: {
    '/desk': '.pane.due .cell',
    '/incidents': '.el-table-v2, .card',
    [`/incidents/${running}`]: '.workspace .timeline li',
    [`/incidents/${closed}`]: '.workspace .timeline li',
    '/map': '.map-scale',
    '/alerts': '#alerts-new',
    '/channels': '#dead-letters',
    '/nodes': 'tbody td',
    '/account': 'h1',
  },
  sysadmin: { '/channels': '#dead-letters', '/admin/organisations': 'tbody td', '/admin/people': 'tbody td', '/admin/accounts': 'tbody td' },
  secadmin: { '/admin/accounts': 'tbody td', '/admin/keys': '.plain-table', '/admin/erase': 'form' },
  audadmin: { '/admin/audit': 'tbody td' },
})

/** What duty1 sees, the open report too. */
const sights = () => ({ ...pages().duty1, [`/incidents/${shown.closed}?report=${shown.report}`]: '.sheet dd' })

/** A console of this person in this language; without an account it stands at the sign-in page. */
async function open(account, { language = 'zh-CN', viewport = kDesk, world = '' } = {}) {
  const console = await Console.open(browser, node.url, { viewport, language })
  await console.context.addInitScript((wanted) => localStorage.setItem('anlan.locale', wanted), language)
  if (account) await console.signIn(account, kPassword, world && `?world=${world}`)
  else await console.show(`/login${world && `?world=${world}`}`, '#account:focus')
  return console
}

/** Calls `look` with a console on each page of each account, the sign-in page first. */
async function everywhere({ incidents = shown, ...options }, look) {
  const stranger = await open(null, options)
  await look(stranger, '/login')
  await stranger.context.close()
  for (const [account, own] of Object.entries(pages(incidents))) {
    const console = await open(account, options)
    for (const [path, sign] of Object.entries(own)) {
      await console.show(path + (options.world ? `?world=${options.world}` : ''), sign)
      await look(console, path)
    }
    assert.deepEqual([console.faults, console.kept, [...console.origins]], [[], [], [node.url]])
    await console.context.close()
  }
}

/** Everything striped in the drill's violet. */
const bands = (page) =>
  page.evaluate(() => {
    const striped = (one) => /repeating-linear-gradient\(.*rgb\(107, 47, 160\)/.test(getComputedStyle(one).backgroundImage)
    const found = [...document.querySelectorAll('*')].filter(striped)
    return found.map((one) => ({ text: one.innerText.trim(), wide: one.offsetWidth > 60, high: one.offsetHeight >= 40 }))
  })

before(async () => {
  node = await startNode()
  browser = await openBrowser()
  const desk = await node.as('duty1')
  shown.closed = (await desk.get('/incidents?state=closed')).items[0].id
  shown.report = (await desk.get(`/incidents/${shown.closed}`)).reports.find((one) => one.version === 2).id
  for (let i = 0; i < kIncidents; ++i) shown.running = (await desk.command('/incidents', { ...kFire, injured: i })).id
})
after(async () => {
  await browser?.close()
  await node?.stop()
})

test('the rules of WCAG AA find what is planted', async () => {
  const console = await open(null)
  assert.deepEqual((await barriers(console.page)).broken, [])
  await console.page.evaluate(() => document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="/icon.svg"><p id="pale">pale</p>'))
  await console.page.evaluate(() => Object.assign(document.querySelector('#pale').style, { color: '#bbb', background: '#fff' }))
  const { broken } = await barriers(console.page)
  assert.deepEqual(broken.map((one) => one.split(' ')[0]).sort(), ['color-contrast', 'image-alt'])
  await console.context.close()
})

test('no page breaks a rule of WCAG AA, in either language, and none bears the band of a drill', async () => {
  await everywhere({}, async ({ page }, path) => {
    for (const language of ['zh-CN', 'en']) {
      if (language === 'en') await page.locator('.bar .language, .way-in .other').click()
      await page.locator(`html[lang=${language}]`).waitFor()
      const { broken, passed } = await barriers(page)
      assert.deepEqual(broken, [], `${path} ${language}`)
      assert.ok(passed > 10, `${path}: ${passed} rules looked at`)
    }
    assert.deepEqual(await bands(page), [], path)
  })
})

test('no form of an incident breaks a rule of WCAG AA', async () => {
  const console = await open('duty1')
  await console.show(`/incidents/${shown.running}`, '.workspace .acts')
  for (const letter of ['p', 'f', 'l', 'i', 'c', 'm', 'e', 'r', '?']) {
    await console.page.evaluate(() => document.activeElement?.blur())
    await console.press(letter)
    const dialog = console.page.locator('.el-overlay').filter({ visible: true })
    await dialog.waitFor()
    await console.settled()
    assert.deepEqual((await barriers(console.page)).broken, [], letter)
    await console.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  }
  await console.context.close()
})

for (const viewport of [kDesk, kSmall])
  for (const language of ['zh-CN', 'en'])
    test(`at ${viewport.width}×${viewport.height} nothing of desk and workspace lies beside the screen, and a report can be registered (${language})`, async () => {
      const console = await open('duty1', { viewport, language })
      for (const [path, sign] of Object.entries(sights())) {
        await console.show(path, sign)
        assert.deepEqual(await wideBoxes(console.page), [], path)
      }
      await console.show('/desk', '.pane.due .cell')
      assert.equal(await clickable(console.page, '.report button[type=submit]'), true)
      await console.context.close()
    })

test('at 1920×1080 the clocks of twelve incidents are seen without scrolling', async () => {
  const console = await open('duty1')
  await console.show('/desk', '.pane.due .cell')
  const clocks = await console.page.locator('.pane.due .cell').count()
  assert.equal(clocks, kIncidents * 2)
  assert.deepEqual(await outOfSight(console.page, '.pane.due .cell'), [])
  await console.page.setViewportSize({ width: 1920, height: 400 })
  assert.notDeepEqual(await outOfSight(console.page, '.pane.due .cell'), [], 'what does not fit is noticed')
  await console.show(`/incidents/${shown.running}`, 'section[aria-labelledby=clocks] .cell')
  await console.page.setViewportSize(kDesk)
  assert.deepEqual(await outOfSight(console.page, 'section[aria-labelledby=clocks] .cell'), [])
  await console.context.close()
})

test('on a telephone the registers stand as cards, wholly on the screen', async () => {
  for (const account of ['sysadmin', 'secadmin', 'audadmin']) {
    const console = await open(account, { viewport: kPhone })
    for (const [path, sign] of Object.entries(pages()[account])) {
      await console.show(path, sign)
      assert.deepEqual(await wideBoxes(console.page), [], path)
    }
    await console.context.close()
  }
})

test('on a telephone no page lies beside the screen', async () => {
  for (const language of ['zh-CN', 'en']) {
    const stranger = await open(null, { viewport: kPhone, language })
    assert.deepEqual(await wideBoxes(stranger.page), [])
    await stranger.context.close()
    const console = await open('duty1', { viewport: kPhone, language })
    for (const [path, sign] of Object.entries(sights())) {
      await console.show(path, sign)
      assert.deepEqual(await wideBoxes(console.page), [], path)
    }
    await console.page.evaluate(() => (document.querySelector('main').style.width = '500px'))
    assert.notDeepEqual(await wideBoxes(console.page), [], 'what lies beside the screen is noticed')
    await console.context.close()
  }
})

test('in a drill every page bears the violet band with the word', async () => {
  const { id } = await (await node.as('duty1')).command(`/incidents?world=${kDrill}`, kFire)
  const drilling = { world: kDrill, incidents: { running: id, closed: id } }
  await everywhere(drilling, async ({ page }, path) => assert.deepEqual(await bands(page), [{ text: '【演练】', wide: true, high: true }], path))
})
