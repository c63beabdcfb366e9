// Pictures of a running node for the documents: node screenshots.mjs URL FOLDER. The node is the demo city after its
// story (`anlan demo`); one more incident is taken down, so that clocks run.
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { Console, openBrowser } from './console.mjs'

const [url, folder] = process.argv.slice(2)
const kPassword = 'Anlan-Demo-2026'
const kSizes = [{ width: 1920, height: 1080 }, { width: 1366, height: 768 }]
const kLanguages = ['zh-CN', 'en']

async function takeDown(console_) {
  const { id } = await console_.page.evaluate(async (key) => {
    const answer = await fetch('/api/v1/incidents', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify({
        type: '12G04', division: '370702', address: '和平路某商住楼（虚构）', unit: '某商住楼（虚构）',
        summary: '商住楼二层起火，有浓烟，消防已出动，正在疏散人员。', injured: 1,
      }),
    })
    return answer.json()
  }, randomUUID())
  return id
}

async function openConsole(browser, language, viewport) {
  const console_ = await Console.open(browser, url, { viewport, language })
  await console_.context.addInitScript((wanted) => localStorage.setItem('anlan.locale', wanted), language)
  return console_
}

async function pictures(browser, language, viewport) {
  const name = (page) => `${folder}/${page}-${viewport.width}-${language.slice(0, 2)}.jpg`
  const shot = async (console_, page, path) => {
    if (path) await console_.page.goto(path)
    await console_.page.waitForTimeout(2500)
    await console_.page.screenshot({ path: name(page), type: 'jpeg', quality: 70 })
  }
  const desk = await openConsole(browser, language, viewport)
  await desk.page.goto('/login')
  await shot(desk, 'login')
  await desk.signIn('duty1', kPassword)
  await takeDown(desk)
  await shot(desk, 'desk', '/desk')
  await shot(desk, 'list', '/incidents')
  await shot(desk, 'map', '/map')
  const items = await desk.page.evaluate(async () => (await (await fetch('/api/v1/incidents?state=closed')).json()).items)
  await shot(desk, 'incident', `/incidents/${items.at(-1).id}`)
  await desk.context.close()
  const administrator = await openConsole(browser, language, viewport)
  await administrator.signIn('sysadmin', kPassword)
  await shot(administrator, 'administration', '/admin/organisations')
  await administrator.context.close()
}

mkdirSync(folder, { recursive: true })
const browser = await openBrowser()
for (const language of kLanguages) for (const viewport of kSizes) await pictures(browser, language, viewport)
await browser.close()
