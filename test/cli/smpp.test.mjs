// Short messages over SMPP to a message centre that others wrote (npm `smpp`): what comes out of the outbox, and what
// goes back into it.
import { after, describe, test } from 'node:test'
import { createRequire } from 'node:module'
import { mkdirSync } from 'node:fs'
import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import assert from 'node:assert/strict'
import { kRoot, scratch } from './program.mjs'

const smpp = createRequire(`${kRoot}/console/package.json`)('smpp')
const kShort = 'Water is rising: leave now. €5 [net]'
const kLong = '水位超过警戒，请转移🌊'.repeat(20)
const at = scratch(after)

/** A message centre on a port of its own; `submit(session, pdu, answer)` says what becomes of each submit_sm. */
async function centre(submit, secret = 'secret08') {
  const self = { texts: new Map(), submits: [], sessions: 0, refused: 0, receipts: 0, parted: 0 }
  const parts = new Map(), untold = new Map()
  let ids = 0
  /** A receipt until it is answered; one that was not is told again to whoever comes next. */
  const tell = (session, id, receipt) => {
    untold.set(id, receipt)
    session.deliver_sm(receipt, () => { if (untold.delete(id)) self.receipts++ })
  }
  /** The text so far of a number, put together by its user data headers. */
  const keep = (pdu) => {
    const { udh, message } = pdu.short_message
    self.submits.push(pdu.destination_addr)
    if (!udh) return self.texts.set(pdu.destination_addr, message)
    const [, , , reference, total, number] = udh[0].length === 6 ? udh[0] : [5, 0, 3, ...udh[0].slice(-3)]
    const key = `${pdu.destination_addr}/${reference}`
    const of = parts.get(key) ?? new Map()
    parts.set(key, of.set(number, message))
    if (of.size === total) self.texts.set(pdu.destination_addr, [...of].sort(([a], [b]) => a - b).map(([, one]) => one).join(''))
  }
  const server = smpp.createServer((session) => {
    self.sessions++
    session.on('error', () => {})
    session.on('bind_transceiver', (pdu) => {
      const known = pdu.system_id === 'anlan' && pdu.password === secret
      if (!known) self.refused++
      session.send(pdu.response(known ? { system_id: 'centre' } : { command_status: smpp.ESME_RINVPASWD }))
      if (!known) return session.close()
      for (const [id, receipt] of untold) tell(session, id, receipt)
    })
    session.on('enquire_link', (pdu) => session.send(pdu.response()))
    session.on('unbind', (pdu) => { self.parted++; session.send(pdu.response()); session.close() })
    session.on('submit_sm', (pdu) => {
      const id = `m${++ids}`
      const receipt = (stat = 'DELIVRD') => tell(session, id, {
        source_addr: pdu.destination_addr, destination_addr: pdu.source_addr, esm_class: 4,
        short_message: `id:${id} sub:001 dlvrd:001 submit date:2611271200 done date:2611271201 stat:${stat} err:000 text:`,
      })
      const accept = () => { keep(pdu); session.send(pdu.response({ message_id: id })) }
      submit(session, pdu, { accept, receipt, keep: () => keep(pdu), refuse: (command_status) => session.send(pdu.response({ command_status })) })
    })
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(self, { port: server.address().port, close: () => server.close() })
}

function campaign(name, port, messages, { secret = 'secret08', stay = false } = {}) {
  mkdirSync(at(name), { recursive: true })
  const child = spawn(`${kRoot}/build/sms_campaign`, [at(name), port, secret, messages, ...(stay ? ['stay'] : [])], { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.on('data', (bytes) => { out += bytes })
  const ended = once(child, 'close').then(() => out && JSON.parse(out.split('\n')[0]))
  return { child, ended }
}

describe('a message centre that others wrote', { timeout: 180_000 }, () => {
  test('gets every text whole, and its receipts come back', async () => {
    const other = await centre((session, pdu, { accept, receipt }) => { accept(); receipt() })
    assert.deepEqual(await campaign('plain', other.port, 50).ended, { delivered: 100 })
    other.close()
    assert.equal(other.texts.size, 100)
    for (const [number, text] of other.texts) assert.equal(text, number.startsWith('86138') ? kShort : kLong)
    assert.equal(other.parted, 1)
  })

  test('may be slow, refuse, lose answers, report early and break off: nothing goes twice and nothing is lost', async () => {
    let count = 0
    const other = await centre((session, pdu, { accept, receipt, keep, refuse }) => {
      switch (++count % 23) {
        case 1: return refuse(smpp.ESME_RTHROTTLED)
        case 5: return refuse(smpp.ESME_RINVDSTADR)
        case 9: return keep() // and never answers
        case 12: return setTimeout(() => { accept(); receipt('UNDELIV') }, 300)
        case 15: receipt(); return accept()
        case 20: return count > 60 && count < 120 ? session.socket.destroy() : (accept(), receipt())
        default: accept(); receipt()
      }
    })
    const states = await campaign('hard', other.port, 60).ended
    other.close()
    assert.equal(Object.values(states).reduce((a, b) => a + b), 120)
    assert.deepEqual(Object.keys(states).sort(), ['delivered', 'failed', 'uncertain'])
    const short = other.submits.filter((number) => number.startsWith('86138'))
    assert.equal(new Set(short).size, short.length, 'a short message came twice')
    for (const [number, text] of other.texts) assert.equal(text, number.startsWith('86138') ? kShort : kLong)
  })

  test('that does not take the password gets nothing', async () => {
    const other = await centre((session, pdu, { accept }) => accept())
    const { child, ended } = campaign('stranger', other.port, 3, { secret: 'wrong', stay: true })
    while (other.refused < 3) await pause(20)
    child.kill('SIGKILL')
    await ended
    other.close()
    assert.equal(other.submits.length, 0)
  })

  test('a process killed in the middle is followed by one that sends the rest and nothing twice', async () => {
    const other = await centre((session, pdu, { accept, receipt }) => setTimeout(() => { accept(); receipt() }, 5))
    for (let killed = 0; killed < 4; killed++) {
      const { child, ended } = campaign('killed', other.port, 150, { stay: true })
      const before = other.submits.length
      while (other.submits.length < before + 40) await pause(3)
      child.kill('SIGKILL')
      await ended
    }
    const states = await campaign('killed', other.port, 150).ended
    other.close()
    assert.equal(Object.values(states).reduce((a, b) => a + b), 300)
    const short = other.submits.filter((number) => number.startsWith('86138'))
    assert.equal(new Set(short).size, short.length, 'a short message came twice')
    assert.ok(states.delivered > 150, JSON.stringify(states))
  })
})
