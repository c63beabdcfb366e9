// What several parts begin with.
import { randomUUID } from 'node:crypto'
import assert from 'node:assert/strict'

export const kLeak = { type: '12D02', division: '370783115', summary: '充装软管破裂，氯气泄漏（虚构）' }

/** An incident that `account` takes down: its id and version. */
export async function takeDown(node, account = 'duty3', more = {}) {
  return (await node.as(account)).command('/incidents', { ...kLeak, ...more })
}

/** An incident closed by the desk that took it down. */
export async function closedIncident(node) {
  const opened = await takeDown(node)
  await (await node.as('duty3')).command(`/incidents/${opened.id}/close`, { reason: '误报' })
  return opened
}

/** The position of the last fact of an account. */
export async function lastFact(node, account) {
  const auditor = await node.as('audadmin')
  return (await auditor.get(`/audit?actor=${account}&size=1`)).items[0]?.position ?? 0
}

/** Refused with a code, and with a title and a detail in both languages that are whole sentences of that language. */
export function assertRefused(answer, status, code) {
  assert.equal(answer.status, status, `${answer.status} ${answer.text}`)
  assert.match(answer.headers['content-type'], /^application\/problem\+json/)
  assert.equal(answer.json.code, code, answer.text)
  assert.equal(answer.json.status, status)
  for (const [language, letters] of [['zh-CN', /\p{Script=Han}/u], ['en', /[a-z]/]]) {
    const { title, detail } = answer.json.texts[language]
    assert.match(title, letters)
    assert.match(detail, letters)
    assert.doesNotMatch(title + detail, /\{\w+\}/, `a value is missing: ${detail}`)
  }
  assert.doesNotMatch(answer.json.texts.en.title, /\p{Script=Han}/u)
}

export const fresh = () => randomUUID()
