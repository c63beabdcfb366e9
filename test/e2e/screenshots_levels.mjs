// Pictures of the levels for the documents: node screenshots_levels.mjs PAGE FOLDER. PAGE is that of `make demo-levels`
// (http://127.0.0.1:8400), whole, not yet pictured; its story may still be told. What went from the town to the city is
// pictured on the three levels; then a county's line is cut, and the city's page of nodes is pictured once it says so.
import { mkdirSync } from 'node:fs'
import { openBrowser } from './console.mjs'
import { asked, command, kLanguages, shot, signedIn } from './picture.mjs'

const [page, folder] = process.argv.slice(2)
const kLevels = [
  { level: 'city', account: 'duty1' },
  { level: 'county', account: 'shouguang' },
  { level: 'town', account: 'yangkou' },
]
const kTold = '风暴潮漫堤', kCut = { node: 'linqu', name: '临朐县节点', incident: '山洪' }
const kInstruction = { given_by: 'p-leader1', to: ['county-370724', 'town-370724003'], text: '道路抢通前不得让转移群众返回；今夜每小时报一次水情。' }
const kLongest = 600_000 // until the story is told, and until a node counts as cut off, ms

/** The page's button that cuts or heals a line; the reader's once the story is told. */
async function lineButton(browser) {
  const demo = await (await browser.newContext()).newPage()
  await demo.goto(page)
  const button = demo.locator(`button[data-line="${kCut.node}"]:enabled`)
  await button.waitFor({ timeout: kLongest })
  const urls = await demo.locator('.card > a').evaluateAll((all) => all.map(({ href }) => href))
  const accounts = await demo.locator('.card').evaluateAll((all) => all.map((one) => one.querySelector('code').textContent))
  return { button, urlOf: (account) => urls[accounts.indexOf(account)] }
}

const incidentOf = async (desk, word) => (await asked(desk, '/incidents?state=open')).items.find(({ title }) => title.includes(word)).id

async function picturesOfLevels(browser, urlOf) {
  for (const language of kLanguages)
    for (const { level, account } of kLevels) {
      const desk = await signedIn(browser, urlOf(account), language, account)
      await shot(desk, folder, `levels-${level}`, `/incidents/${await incidentOf(desk, kTold)}`, '.workspace canvas')
      await desk.context.close()
    }
}

async function pictureOfNodes(browser, url, language) {
  const desk = await signedIn(browser, url, language, 'duty1')
  await desk.page.goto('/nodes')
  const trouble = desk.page.locator('.trouble article').filter({ hasText: kCut.name })
  await trouble.locator('.condition.cut_off').waitFor({ timeout: kLongest })
  await shot(desk, folder, 'nodes', '/nodes', '.trouble article')
  await desk.context.close()
}

mkdirSync(folder, { recursive: true })
const browser = await openBrowser()
const { button, urlOf } = await lineButton(browser)
await picturesOfLevels(browser, urlOf)

await button.click()
const city = await signedIn(browser, urlOf('duty1'), kLanguages[0], 'duty1')
const due_at = new Date(Date.now() + 3_600_000).toISOString()
await command(city, `/incidents/${await incidentOf(city, kCut.incident)}/instructions`, { ...kInstruction, due_at })
await city.context.close()
for (const language of kLanguages) await pictureOfNodes(browser, urlOf('duty1'), language)
await browser.close()
