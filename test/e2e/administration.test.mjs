// What the administrators do at a console: accounts, personal data, the audit.
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { kPassword, startNode } from '../api/node.mjs'
import { Console, openBrowser } from './console.mjs'

let node, browser

async function open(account, path) {
  const console = await Console.open(browser, node.url)
  await console.signIn(account, kPassword)
  await console.page.goto(path)
  return console
}

before(async () => {
  node = await startNode()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await node?.stop()
})

test('a new account is offered no role of an administrator; the security administrator gives it', async () => {
  const offered = (dialog) => dialog.locator('fieldset legend').allInnerTexts()
  const maker = await open('sysadmin', '/admin/accounts')
  await maker.button('新增账号').click()
  const making = maker.page.getByRole('dialog', { name: '新增账号' })
  await making.getByText('由安全管理员在“角色”中设置').waitFor()
  assert.deepEqual(await offered(making), ['业务角色'])
  await maker.context.close()
  const giver = await open('secadmin', '/admin/accounts')
  await giver.page.locator('tbody tr').filter({ hasText: 'duty2' }).getByRole('button', { name: '角色' }).click()
  const giving = giver.page.getByRole('dialog', { name: '“duty2”的角色' })
  await giving.waitFor()
  assert.deepEqual(await offered(giving), ['业务角色', '三员'])
  await giver.context.close()
})

/** Erases the one entry that is listed; answers the dialog that asked. */
async function erase({ page }, number) {
  const dialog = page.getByRole('dialog', { name: '清除封存的个人信息' })
  await page.locator('.erase tbody').getByRole('button', { name: '清除' }).click()
  await dialog.getByText(`事件报告人 · ${number}`).waitFor()
  await dialog.getByRole('textbox').fill('本人要求')
  await dialog.getByRole('button', { name: '清除' }).click()
  return dialog
}

test('personal data is found by the number of its incident and erased once', async () => {
  const desk = await node.as('duty1')
  const taken = { type: '12D02', division: '370783', summary: '装卸管线泄漏', caller_name: '虚构人', caller_phone: '199-0000-0001' }
  // Other organisations count theirs too, so the administrator names the one that is meant.
  const calledOf = async ({ id }) => {
    const { organisation, number } = await desk.get(`/incidents/${id}`)
    return `${organisation.short} ${number}`
  }
  const called = await calledOf(await desk.command('/incidents', taken))
  const console = await open('secadmin', '/admin/erase')
  const { page } = console
  const rows = page.locator('.erase tbody tr')
  await page.getByLabel('事件编号').fill('2026-9999')
  await console.button('查询').click()
  await page.getByText('没有封存的个人信息').waitFor()
  await page.getByLabel('事件编号').fill(called)
  await console.button('查询').click()
  await rows.filter({ hasText: called }).waitFor()
  assert.equal(await rows.count(), 1)
  const security = await node.as('secadmin')
  const [{ id }] = (await security.get(`/sealed?of=${encodeURIComponent(called)}`)).items
  await security.command(`/sealed/${id}/erase`, { reason: '本人来函' })
  const refused = await erase(console, called)
  await refused.locator('.problem-note').waitFor()
  await rows.filter({ hasText: '已于' }).waitFor()
  assert.equal(await rows.getByRole('button').count(), 0)
  await console.context.close()

  const again = await calledOf(await desk.command('/incidents', { ...taken, caller_phone: '199-0000-0002' }))
  const fresh = await open('secadmin', `/admin/erase?of=${encodeURIComponent(again)}`)
  await erase(fresh, again)
  await fresh.page.getByText('已清除，记录位置').waitFor()
  await fresh.page.locator('.erase tbody tr').filter({ hasText: '已于' }).waitFor()
  assert.notEqual((await security.get(`/sealed?of=${encodeURIComponent(again)}`)).items[0].erased_at, null)
  await fresh.context.close()
})

test('the audit shows of work on incidents the fact and its hash, and says why not more', async () => {
  const console = await open('audadmin', '/admin/audit?type=incident.opened')
  const { page } = console
  await page.locator('tbody .pick').first().click()
  await page.locator('aside').getByText('不对审计公开').waitFor()
  assert.equal(await page.locator('aside pre').count(), 0)
  await page.goto('/admin/audit?type=account')
  await page.locator('tbody .pick').first().click()
  await page.locator('aside pre').filter({ hasText: '{' }).waitFor()
  await page.goto('/admin/audit')
  await page.locator('tbody .pick').first().waitFor()
  const lines = await page.locator('tbody').innerText()
  assert.match(lines, /系统\s+登录/)
  const types = await page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.children[3].innerText))
  assert.doesNotMatch(types.join(' '), /[a-z]\.[a-z]/)
  await page.getByRole('combobox', { name: '事实类型' }).fill('起算')
  await page.getByRole('option').filter({ hasText: '时限起算' }).waitFor()
  await console.press('Enter')
  await page.getByRole('button', { name: '查询' }).click()
  await page.waitForURL('**type=clock.started')
  await page.locator('tbody').filter({ hasNotText: '登录' }).waitFor()
  assert.deepEqual(await page.locator('tbody tr').evaluateAll((rows) => [...new Set(rows.map((row) => row.children[3].innerText.trim()))]), ['时限起算'])
  assert.deepEqual(console.faults, [])
  await console.context.close()
})
