// The page on which the interface is read and tried, and what the console costs before its first screen.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { kPassword, startNode } from '../api/node.mjs'
import { barriers } from './access.mjs'
import { Console, openBrowser } from './console.mjs'

const kMostBytes = 400 * 1024
const kFire = { type: '12G04', division: '370702', summary: '商住楼起火，正在疏散人员。' }
let node, browser, desk

/** Opens an operation of the list on the left. */
async function choose(method, path) {
  await desk.page.locator(`[id="link-${method}-${path}"]`).click()
  await desk.page.locator('rapi-doc').getByText(path, { exact: true }).first().waitFor()
}

/** Presses the button that tries and answers what the node said. */
async function tryIt() {
  const answered = desk.page.waitForResponse((response) => response.request().resourceType() === 'fetch')
  await desk.button('试用').click()
  const answer = await answered
  await desk.page.locator('rapi-doc').getByText(new RegExp(`答复状态：.*${answer.status()}`)).waitFor()
  return answer
}

before(async () => {
  node = await startNode()
  browser = await openBrowser()
  desk = await Console.open(browser, node.url)
  await desk.signIn('duty1', kPassword)
})
after(async () => {
  await browser?.close()
  await node?.stop()
})

test('a question is tried as the person who is signed in', async () => {
  await desk.show('/account', '.own')
  await desk.page.getByRole('link', { name: '接口说明与试用' }).click()
  await desk.sees('许甲子（duty1）')
  await choose('get', '/api/v1/incidents')
  const answer = await tryIt()
  assert.equal(answer.status(), 200)
  const { items } = await (await node.as('duty1')).get('/incidents')
  assert.deepEqual(await answer.json().then((told) => told.items.map((one) => one.id)), items.map((one) => one.id))
  await desk.sees(items[0].number, 'rapi-doc')
})

test('a command gets a key of its own at each try', async () => {
  await choose('post', '/api/v1/incidents')
  for (const name of ['world', 'Anlan-Automatic', 'after']) assert.equal(await desk.page.getByRole('textbox', { name }).count(), 0, name)
  await desk.page.getByRole('textbox', { name: '请求正文' }).fill(JSON.stringify(kFire))
  const first = await tryIt()
  assert.equal(first.status(), 201)
  const second = await tryIt()
  assert.equal(second.status(), 201)
  assert.notEqual((await first.json()).id, (await second.json()).id)
  await desk.page.getByRole('textbox', { name: 'Idempotency-Key' }).fill(first.request().headers()['idempotency-key'])
  assert.deepEqual(await (await tryIt()).json(), await first.json())
})

test('the page is read in both languages and by everybody, asks nobody else and breaks no rule', async () => {
  assert.deepEqual((await barriers(desk.page)).broken, [])
  await desk.page.getByRole('link', { name: 'English' }).click()
  await desk.page.locator('html[lang=en]').waitFor()
  await desk.sees('Find incidents', 'rapi-doc')
  assert.deepEqual((await barriers(desk.page)).broken, [])
  assert.deepEqual([desk.faults, desk.kept, [...desk.origins]], [[], [], [node.url]])
})

test('a stranger reads it too, and comes back to it by signing in', async () => {
  const stranger = await Console.open(browser, node.url)
  await stranger.show('/api.html', '[id="link-get-/api/v1/incidents"]')
  await stranger.page.getByRole('link', { name: '登录', exact: true }).click()
  await stranger.focused('#account')
  await stranger.type('duty2')
  await stranger.press('Tab')
  await stranger.type(kPassword)
  await stranger.press('Enter')
  await stranger.page.waitForURL('**/api.html')
  await stranger.sees('（duty2）')
  await stranger.context.close()
})

test('in a drill the page bears the band, and what is tried stays in the drill', async () => {
  await desk.show('/api.html?world=drill-1', '[id="link-get-/api/v1/incidents"]')
  assert.equal(await desk.page.locator('.drill-band').innerText(), '【演练】')
  await choose('get', '/api/v1/incidents')
  assert.deepEqual((await (await tryIt()).json()).items, [])
})

test('the rules for pages keep a page from what they forbid', async () => {
  const console = await Console.open(browser, node.url)
  await console.show('/api.html', '.bar')
  await console.page.evaluate(() => document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.planted = 1' })))
  assert.equal(await console.page.evaluate(() => window.planted), undefined)
  assert.equal(console.kept.length, 1)
  await console.context.close()
})

test('before its first screen the console takes at most 400 kB, and nothing of the page for trying', async () => {
  const sizes = {}
  for (const [path, sign] of [['/login', '#account'], ['/api.html', 'rapi-doc']]) {
    const console = await Console.open(browser, node.url)
    const files = []
    console.page.on('response', (response) => response.url().includes('/assets/') && files.push(response))
    await console.show(path, sign)
    const bodies = await Promise.all(files.map((file) => file.body()))
    sizes[path] = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
    assert.equal(bodies.some((body) => body.includes('RapiDoc')), path === '/api.html', path)
    await console.context.close()
  }
  globalThis.console.log(`first_screen_gz_bytes=${sizes['/login']} try_page_gz_bytes=${sizes['/api.html']}`)
  assert.ok(sizes['/login'] > 50_000 && sizes['/login'] <= kMostBytes, `${sizes['/login']} bytes`)
})
