// The first incident of a duty desk, played by people at consoles. Every wait is for what a page shows by itself.
import assert from 'node:assert/strict'

/** Four digits: the minute that has just begun, in China. */
function typedNow() {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date()).replace(':', '')
}

export const kSummary = '充装软管破裂，氯气泄漏'
const kPlaceName = '羊口镇'
export const kReturned = '请写明泄漏物质的数量'
export const kRevised = '补充：估计泄漏氯气约80公斤'
export const kClosing = '处置完毕，转入善后'

/** Files a report by telephone by keyboard alone; answers what was pressed and the incident. */
export async function fileReport(desk) {
  const { page } = desk
  const before = desk.keys
  const opened = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/api/v1/incidents'))
  await desk.press('F2')
  await desk.focused('#report-type')
  await desk.type('12d02')
  await desk.press('Enter')
  await desk.focused('#report-division')
  await desk.type('yangkou')
  await page.locator('[role=option]').filter({ hasText: kPlaceName }).first().waitFor()
  await desk.press('Enter')
  await desk.focused('#report-address')
  await desk.press('Enter')
  await desk.focused('#report-time')
  await desk.type(typedNow())
  await desk.press('Enter')
  await desk.focused('#report-summary')
  await desk.compose('chongzhuang ruanguan polie', '充装软管破裂')
  await desk.compose('', '，')
  await desk.compose('lvqi xielou', '氯气泄漏')
  await desk.press('Tab', 'Enter')
  await desk.type('1')
  await desk.press('Enter')
  await desk.type('3')
  await desk.press('Control+Enter')
  const answer = await opened
  const answeredAt = Date.now()
  assert.equal(answer.status(), 201, await answer.text())
  const keys = desk.keys - before
  const incident = await answer.json()
  await desk.focused('.registered a')
  await desk.press('Enter')
  await page.waitForURL(`**/incidents/${incident.id}**`)
  return { keys, answeredAt, ...incident }
}

/** Drafts the next report of the incident that is open, as it is filled from the journal. */
export async function draft(console, { kind, change } = {}) {
  const { page } = console
  const dialog = page.getByRole('dialog', { name: '起草报告' })
  await page.locator('.workspace .acts').getByRole('button', { name: '起草报告' }).click()
  await dialog.waitFor()
  if (kind) await dialog.getByText(kind, { exact: true }).click()
  await page.waitForFunction(() => document.querySelector('#content-situation')?.value.trim())
  if (change) await change(dialog)
  await dialog.getByRole('button', { name: '保存，送签发' }).click()
  await page.waitForURL('**report=**')
  const id = new URL(page.url()).searchParams.get('report')
  await sheet(console).getByText('待签发').first().waitFor()
  return id
}

export const sheet = (console) => console.page.locator('.el-drawer__body > .sheet')

/** Of the report that lies open. */
export const titleOf = (console) => console.page.locator('.el-drawer', { has: sheet(console) }).locator('.el-drawer__title').innerText()

/** The leader finds the report among what waits on the desk, reads it and signs. */
export async function sign(leader, title) {
  const { page } = leader
  await page.locator('.inbox').getByRole('link', { name: title }).last().click()
  await sheet(leader).getByRole('button', { name: /^签发/ }).waitFor()
  await page.keyboard.press('Control+Enter')
  await sheet(leader).getByText('已签发，待报送').first().waitFor()
  await page.keyboard.press('Escape')
  await sheet(leader).waitFor({ state: 'hidden' })
}

/** Sends what was signed; the sheet shows the signature by itself. */
export async function send(console) {
  await sheet(console).getByRole('button', { name: /^报送/ }).waitFor()
  await console.page.keyboard.press('Control+Enter')
  await sheet(console).locator('.state').filter({ hasText: /已报送|待签收/ }).waitFor()
}

/** Notes that the province, which is outside, has accepted; and closes the sheet. */
export async function noteAccepted(console) {
  await sheet(console).getByRole('button', { name: '记录对方签收' }).click()
  await sheet(console).locator('.state').filter({ hasText: '已签收' }).waitFor()
  await closeSheet(console)
}

export async function closeSheet(console) {
  await console.page.keyboard.press('Escape')
  await sheet(console).waitFor({ state: 'hidden' })
}

/** Opens a report from the reports of the incident. */
export async function openReport(console, state) {
  const row = console.page.locator('section[aria-labelledby=reports] li').filter({ hasText: state })
  await row.locator('a').first().click()
  await sheet(console).waitFor()
}
