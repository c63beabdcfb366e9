/** The node's interface, to read and to try. What is tried is done: as the person who is signed in, in the world of the URL. */
import '@/base/theme.css'
import 'rapidoc'
import './page.css'
import { describe, type Description } from './described'
import english from './en.json'
import { textOf, type Texts } from './texts'
import { speak } from './words'
import chinese from './zh-CN.json'

const kDescription = '/api/v1/openapi.json'
const address = new URL(location.href)
const language = address.searchParams.get('lang') === 'en' ? 'en' : 'zh-CN'
const world = address.searchParams.get('world') ?? 'real'

/** What RapiDoc is about to send. */
interface Tried {
  request: { url: string; method: string; headers: Headers }
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, name: string, text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  made.className = name
  made.textContent = text
  return made
}

function link(name: string, text: string, href: string): HTMLAnchorElement {
  const made = element('a', name, text)
  made.href = href
  return made
}

function inOtherLanguage(): string {
  const other = new URL(address)
  other.searchParams.set('lang', language === 'en' ? 'zh-CN' : 'en')
  return other.pathname + other.search
}

/** Who is signed in, or the way in. */
async function person(texts: Texts): Promise<HTMLElement> {
  const answer = await fetch('/api/v1/session', { headers: { 'Accept-Language': language } }).catch(() => null)
  if (!answer?.ok) return link('person', textOf(texts, 'sign_in'), `/login?to=${encodeURIComponent(address.pathname + address.search)}`)
  const { account, person: own } = (await answer.json()) as { account: string; person: { name: string } }
  return element('span', 'person', textOf(texts, 'signed_in', { name: own.name, account }))
}

function head(texts: Texts): HTMLElement {
  const bar = element('header', 'bar')
  bar.append(element('h1', 'title', textOf(texts, 'title')))
  if (world !== 'real') bar.append(element('strong', 'drill-band', textOf(texts, 'drill')))
  bar.append(element('p', 'lead', textOf(texts, 'lead')))
  const others = link('other', textOf(texts, 'other_language'), inOtherLanguage())
  others.lang = language === 'en' ? 'zh-CN' : 'en'
  bar.append(others, link('back', textOf(texts, 'back'), world === 'real' ? '/' : `/?world=${encodeURIComponent(world)}`))
  void person(texts).then((shown) => others.before(shown))
  return bar
}

/** There is no randomUUID outside of a secure context, and a node may be reached by plain http. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function prepare({ request }: Tried): void {
  request.headers.set('Accept-Language', language)
  if (world !== 'real') request.headers.set('Anlan-World', world)
  if (request.method !== 'GET' && !request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', newKey())
}

const kLook = {
  'render-style': 'focused',
  'schema-style': 'table',
  'fetch-credentials': 'same-origin',
  'load-fonts': 'false',
  'show-header': 'false',
  'show-info': 'false',
  'show-components': 'false',
  'allow-authentication': 'false',
  'allow-server-selection': 'false',
  'allow-spec-url-load': 'false',
  'allow-spec-file-load': 'false',
  'allow-spec-file-download': 'false',
  'allow-advanced-search': 'false',
  'show-method-in-nav-bar': 'as-plain-text',
  'nav-item-spacing': 'compact',
  theme: 'light',
  'bg-color': '#ffffff',
  'text-color': '#14202e',
  'primary-color': '#1f5fb0',
  'nav-bg-color': '#f6f8fa',
  'nav-text-color': '#14202e',
  'nav-accent-color': '#1f5fb0',
  'font-size': 'default',
  'regular-font': "'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', sans-serif",
  'mono-font': "ui-monospace, 'DejaVu Sans Mono', monospace",
  'css-file': 'api-',
}

async function start(): Promise<void> {
  const texts: Texts = language === 'en' ? english : chinese
  document.documentElement.lang = language
  document.title = textOf(texts, 'title')
  const page = document.getElementById('page')!
  const main = element('main', 'content')
  const status = element('p', 'status', textOf(texts, 'loading'))
  page.replaceChildren(head(texts), main)
  main.append(status)
  try {
    speak(texts.words as Record<string, string>)
    const description = (await (await fetch(kDescription)).json()) as Description
    const reader = document.createElement('rapi-doc') as HTMLElement & { loadSpec(spec: Description): Promise<void> }
    for (const [name, value] of Object.entries(kLook)) reader.setAttribute(name, value)
    reader.addEventListener('before-try', (event) => prepare((event as CustomEvent<Tried>).detail))
    main.replaceChildren(reader)
    await reader.loadSpec(describe(description, language, texts, location.origin))
  } catch {
    status.textContent = textOf(texts, 'failed')
    main.replaceChildren(status)
  }
}

await start()
