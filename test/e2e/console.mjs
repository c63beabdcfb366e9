// A console: a browser context of one person, driven as that person would.
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const kRoot = resolve(fileURLToPath(import.meta.url), '../../..')
const { chromium } = createRequire(`${kRoot}/console/package.json`)('playwright-core')
const kArguments = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]
export const kPatience = 90_000

export const openBrowser = () => chromium.launch({ executablePath: process.env.ANLAN_BROWSER ?? '/usr/bin/chromium', args: kArguments })

export class Console {
  /** Keys that a person would press, an input method's included. */
  keys = 0
  /** Addresses that this page was loaded from; one means that it never was reloaded. */
  loads = 0
  faults = []
  /** Where its requests went. */
  origins = new Set()
  /** What the node's rules for its pages (Content-Security-Policy) have kept it from. */
  kept = []

  static async open(browser, url, { viewport = { width: 1920, height: 1080 }, language = 'zh-CN' } = {}) {
    const own = new Console()
    own.url = url
    own.context = await browser.newContext({ viewport, locale: language, baseURL: url, acceptDownloads: true, timezoneId: 'Asia/Shanghai' })
    own.context.setDefaultTimeout(kPatience)
    own.page = await own.context.newPage()
    own.page.on('load', () => ++own.loads)
    own.page.on('pageerror', (error) => own.faults.push(String(error)))
    own.page.on('request', (request) => /^(data|blob):/.test(request.url()) || own.origins.add(new URL(request.url()).origin))
    own.page.on('console', (line) => /Content Security Policy|Content-Security-Policy/i.test(line.text()) && own.kept.push(line.text()))
    return own
  }

  /** Call before the first page: keeps in `window.factsAt` when each fact came in over the live line (ms, own clock). */
  marksFacts() {
    return this.page.addInitScript(() => {
      window.factsAt = []
      const decoder = new TextDecoder()
      const read = ReadableStreamDefaultReader.prototype.read
      ReadableStreamDefaultReader.prototype.read = async function () {
        const part = await read.call(this)
        if (part.value && decoder.decode(part.value).includes('event: fact')) window.factsAt.push(performance.timeOrigin + performance.now())
        return part
      }
    })
  }

  /** Signs in by keyboard alone and waits for the first page. */
  async signIn(account, password, query = '') {
    await this.page.goto(`/${query}`)
    await this.page.locator('#account:focus').waitFor()
    await this.type(account)
    await this.press('Tab')
    await this.type(password)
    await this.press('Enter')
    await this.page.waitForURL((to) => !to.pathname.startsWith('/login'))
  }

  /** Goes to a page and waits until `sign` stands there and nothing moves any more. */
  async show(path, sign) {
    await this.page.goto(path)
    await this.page.locator(sign).first().waitFor()
    await this.settled()
  }

  /** Until every transition is over and no answer is on its way. */
  async settled() {
    await this.page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'))
    await this.page.waitForFunction(() => document.fonts.status === 'loaded')
  }

  async press(...keys) {
    for (const key of keys) {
      await this.page.keyboard.press(key)
      ++this.keys
    }
  }

  async type(text) {
    await this.page.keyboard.type(text)
    this.keys += text.length
  }

  /** Chinese as an input method makes it: the letters of its pinyin, then the blank that takes the first choice. */
  async compose(pinyin, text) {
    await this.page.keyboard.insertText(text)
    this.keys += pinyin.replaceAll(' ', '').length + 1
  }

  focused(selector) {
    return this.page.locator(`${selector}:focus`).waitFor()
  }

  /** Until the page says so by itself. */
  async sees(text, within = 'body') {
    await this.page.locator(within).filter({ hasText: text }).first().waitFor()
  }

  button(name) {
    return this.page.getByRole('button', { name })
  }

  /** Opens an act of the incident by its letter, fills the form by label, submits. */
  async act(letter, title, fill) {
    const dialog = this.page.getByRole('dialog', { name: title })
    await this.page.locator('.workspace .acts').waitFor()
    await this.page.evaluate(() => document.activeElement?.blur())
    await this.press(letter)
    await dialog.waitFor()
    await fill(dialog)
    await dialog.getByRole('button', { name: '提交' }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
}
