/**
 * The one way to the server. A command carries an idempotency key that stays the same over its retries; a read asks for
 * the position that this console has already seen, so nobody misses what he has just done.
 */
import { Problem, problemOf, type ProblemBody } from './problem'
import { sawServerTime } from './clock'
import { kLocaleAtStart, locale } from './locale'
import type { Accepted } from './contract'

export const kBase = '/api/v1'
const kReadTimeoutMs = 15_000
const kRetryPausesMs = [400, 1_200, 3_000]

let world = 'real'
let seen = 0
let onUnauthorised: () => void = () => {}

export function setWorld(id: string): void {
  world = id
}

export function currentWorld(): string {
  return world
}

/** Reads from now on show at least `position`. */
export function sawPosition(position: number | undefined): void {
  if (position && position > seen) seen = position
}

/** A new world, a new session or another node counts anew. */
export function forgetPosition(): void {
  seen = 0
}

export function whenUnauthorised(call: () => void): void {
  onUnauthorised = call
}

export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  // Outside a secure context (plain http to another machine) there is no randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

export type Query = Record<string, string | number | boolean | null | undefined>

export function address(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value))
  }
  const text = parameters.toString()
  return kBase + path + (text ? `?${text}` : '')
}

async function answer<T>(response: Response): Promise<T> {
  const type = response.headers.get('content-type') ?? ''
  const body: unknown = type.includes('json') ? await response.json().catch(() => null) : type.includes('xml') ? await response.text() : null
  if (response.ok) {
    if (body && typeof body === 'object' && 'at' in body && typeof body.at === 'string') sawServerTime(body.at)
    return body as T
  }
  const problem = (body ?? {}) as ProblemBody
  throw new Problem(response.status, problem.code ?? `http.${response.status}`, problem)
}

async function send<T>(url: string, init: RequestInit): Promise<T> {
  const headers = new Headers(init.headers)
  headers.set('Accept-Language', locale.value ?? kLocaleAtStart)
  try {
    return await answer<T>(
      await fetch(url, { signal: AbortSignal.timeout(kReadTimeoutMs), credentials: 'same-origin', ...init, headers }),
    )
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown
    const problem = problemOf(thrown)
    if (problem.status === 401 && !url.endsWith('/session')) onUnauthorised()
    throw problem
  }
}

/** `automatic`: by time alone and not because of a person, which is no use of the session. */
export function get<T>(path: string, query: Query = {}, signal?: AbortSignal, automatic = false): Promise<T> {
  const full = { ...query, world: world === 'real' ? undefined : world, after: seen || undefined }
  return send<T>(address(path, full), { ...(signal && { signal }), ...(automatic && { headers: { 'Anlan-Automatic': '1' } }) })
}

/** Why the server refuses what a browser asks for by itself, and is not told; null: it does not, or cannot be asked. */
export async function refusalOf(url: string): Promise<Problem | null> {
  const asking = new AbortController()
  const late = setTimeout(() => asking.abort(), kReadTimeoutMs)
  try {
    await send(url, { signal: asking.signal })
    return null
  } catch (thrown) {
    return thrown instanceof Problem && thrown.status > 0 ? thrown : null
  } finally {
    clearTimeout(late)
    // A line that was opened after all.
    asking.abort()
  }
}

export interface CommandOptions {
  method?: 'POST' | 'DELETE'
  /** The same intent, sent again, keeps its key. */
  key?: string
  /** The version that the person saw; a later one refuses with `version.stale`. */
  version?: number
  /** A body that is not JSON, with its type. */
  raw?: { body: BodyInit; type: string }
}

export async function command<T = Accepted>(path: string, body: unknown, options: CommandOptions = {}): Promise<T> {
  const headers: Record<string, string> = {
    'Idempotency-Key': options.key ?? newKey(),
    'Content-Type': options.raw?.type ?? 'application/json',
  }
  if (world !== 'real') headers['Anlan-World'] = world
  if (options.version !== undefined) headers['If-Match'] = `"${options.version}"`
  const content = options.raw?.body ?? JSON.stringify(body ?? {})
  for (let attempt = 0; ; ++attempt) {
    try {
      const done = await send<T>(address(path), { method: options.method ?? 'POST', headers, body: content })
      sawPosition((done as Accepted | null)?.position)
      return done
    } catch (thrown) {
      const pause = kRetryPausesMs[attempt]
      if (!(thrown instanceof Problem) || !thrown.passing || pause === undefined) throw thrown
      await new Promise((resume) => setTimeout(resume, pause))
    }
  }
}
