// Pictures of a running node for the documents: node screenshots.mjs URL FOLDER. The node is the demo city after its
// story (`anlan demo`), not yet pictured; some incidents are taken down, so that clocks run.
import { mkdirSync } from 'node:fs'
import { openBrowser } from './console.mjs'
import { asked, command, kLanguages, shot, signedIn } from './picture.mjs'

const [url, folder] = process.argv.slice(2)

const kIncidents = [
  { type: '12H00', division: '370784', address: '某国道与县道路口（虚构）', summary: '客车与货车相撞，正在救援。', dead: 3, injured: 8, began: 17 },
  { type: '11A06', division: '370724', address: '某水库下游村（虚构）', summary: '上游强降雨，溪沟水位猛涨，村民正在转移。', began: 11 },
  { type: '12D02', division: '370783115', unit: '某化工企业（虚构）', summary: '装卸管线泄漏，已关闭阀门，无人员伤亡。', dead: 0, missing: 0, injured: 0, began: 6 },
  { type: '12G04', division: '370702', address: '和平路某商住楼（虚构）', unit: '某商住楼（虚构）', summary: '商住楼二层起火，有浓烟，消防已出动，正在疏散人员。', injured: 1 },
]

/** `began`: minutes ago. */
const takeDown = (desk, { began, ...told }) =>
  command(desk, '/incidents', { ...told, ...(began && { occurred_at: new Date(Date.now() - began * 60_000).toISOString() }) })

async function pictures(browser, language) {
  const desk = await signedIn(browser, url, language, 'duty1', (before) => shot(before, folder, 'login', '/login', '#account'))
  await shot(desk, folder, 'desk', '/desk', '.due a')
  await shot(desk, folder, 'list', '/incidents', '.el-table-v2__row')
  await shot(desk, folder, 'map', '/map', 'canvas')
  const { items } = await asked(desk, '/incidents?state=closed')
  await shot(desk, folder, 'incident', `/incidents/${items.at(-1).id}`, '.workspace canvas')
  await desk.context.close()
  const administrator = await signedIn(browser, url, language, 'sysadmin')
  await shot(administrator, folder, 'administration', '/admin/organisations', 'tbody tr')
  await administrator.context.close()
}

mkdirSync(folder, { recursive: true })
const browser = await openBrowser()
const first = await signedIn(browser, url, kLanguages[0], 'duty1')
for (const incident of kIncidents) await takeDown(first, incident)
await first.context.close()
for (const language of kLanguages) await pictures(browser, language)
await browser.close()
