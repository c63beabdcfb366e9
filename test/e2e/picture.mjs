// Pictures for the documents: their sizes and languages, and how one is taken.
import { randomUUID } from 'node:crypto'
import { Console } from './console.mjs'

const kStill = 3_000 // ms after a page was opened or resized until nothing of it comes any more
const kSizes = [{ width: 1920, height: 1080 }, { width: 1366, height: 768 }]
export const kLanguages = ['zh-CN', 'en']

/** A console signed in as `account` of the demo; the page before that is handed to `before`. */
export async function signedIn(browser, url, language, account, before = () => {}) {
  const opened = await Console.open(browser, url, { viewport: kSizes[0], language })
  await opened.context.addInitScript((wanted) => localStorage.setItem('anlan.locale', wanted), language)
  await opened.page.goto('/login')
  await before(opened)
  await opened.signIn(account, 'Anlan-Demo-2026')
  return opened
}

/** What the node answers to a question of the console's interface. */
export const asked = ({ page }, path) => page.evaluate(async (from) => (await fetch(`/api/v1${from}`)).json(), path)

export async function command({ page }, path, body) {
  const send = async ([to, key, sent]) =>
    (await fetch(`/api/v1${to}`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key }, body: sent })).status
  const status = await page.evaluate(send, [path, randomUUID(), JSON.stringify(body)])
  if (status >= 300) throw new Error(`${status}: ${path} ${JSON.stringify(body)}`)
}

/** FOLDER/NAME-WIDTH-LANGUAGE.jpg of what `path` shows, once `sign` stands there, in each size. */
export async function shot({ page }, folder, name, path, sign) {
  for (const size of kSizes) {
    await page.setViewportSize(size)
    // Opened anew, as at a desk of that size: a map finds its place when it opens.
    await page.goto(path)
    await page.locator(sign).first().waitFor()
    await page.waitForTimeout(kStill)
    const language = await page.evaluate(() => document.documentElement.lang.slice(0, 2))
    await page.screenshot({ path: `${folder}/${name}-${size.width}-${language}.jpg`, type: 'jpeg', quality: 70 })
  }
}
