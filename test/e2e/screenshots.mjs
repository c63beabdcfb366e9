// Pictures of a running node for the documents: node screenshots.mjs URL FOLDER. The node is the demo city after its
// story (`anlan demo`), not yet pictured; some incidents are taken down, so that clocks run.
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { Console, openBrowser } from './console.mjs'

const [url, folder] = process.argv.slice(2)
const kPassword = 'Anlan-Demo-2026'
const kSizes = [{ width: 1920, height: 1080 }, { width: 1366, height: 768 }]
const kLanguages = ['zh-CN', 'en']

const kIncidents = [
  { type: '12H00', division: '370784', address: '某国道与县道路口（虚构）', summary: '客车与货车相撞，正在救援。', dead: 3, injured: 8, began: 17 },
  { type: '11A06', division: '370724', address: '某水库下游村（虚构）', summary: '上游强降雨，溪沟水位猛涨，村民正在转移。', began: 11 },
  { type: '12D02', division: '370783115', unit: '某化工企业（虚构）', summary: '装卸管线泄漏，已关闭阀门，无人员伤亡。', dead: 0, missing: 0, injured: 0, began: 6 },
  { type: '12G04', division: '370702', address: '和平路某商住楼（虚构）', unit: '某商住楼（虚构）', summary: '商住楼二层起火，有浓烟，消防已出动，正在疏散人员。', injured: 1 },
]

/** `began`: minutes ago. */
async function takeDown(console_, { began, ...told }) {
  const body = { ...told, ...(began && { occurred_at: new Date(Date.now() - began * 60_000).toISOString() }) }
  const status = await console_.page.evaluate(
    async ([key, sent]) =>
      (await fetch('/api/v1/incidents', { method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key }, body: sent })).status,
    [randomUUID(), JSON.stringify(body)],
  )
  if (status !== 201) throw new Error(`${status}: ${told.summary}`)
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
const first = await openConsole(browser, 'zh-CN', kSizes[0])
await first.signIn('duty1', kPassword)
for (const incident of kIncidents) await takeDown(first, incident)
await first.context.close()
for (const language of kLanguages) for (const viewport of kSizes) await pictures(browser, language, viewport)
await browser.close()
