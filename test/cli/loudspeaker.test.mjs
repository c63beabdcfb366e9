// Commands to loudspeakers through a broker that others wrote (mosquitto), to devices that do what
// docs/loudspeaker-commands.md asks of them.
import { after, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import assert from 'node:assert/strict'
import { broker, devices, endAll } from './broker.mjs'
import { campaign as campaignAt, certificates } from './channel.mjs'
import { scratch } from './program.mjs'

const at = scratch(after)
const campaign = (...words) => campaignAt(at, ...words)
after(endAll)

describe('loudspeakers on a broker that others wrote', { timeout: 400_000 }, () => {
  for (const version of [3, 5]) {
    test(`play what they are told, by MQTT ${version}, and what they answer comes back`, async () => {
      const mosquitto = await broker(at, `plain${version}`)
      const speakers = await devices(mosquitto)
      const { states } = await campaign(`speakers${version}`, 'loudspeaker', 6, { port: mosquitto.port, version, accepted: 1 }).ended
      speakers.close()
      await mosquitto.kill()
      assert.deepEqual(states, { delivered: 6 })
      assert.deepEqual(speakers.judged.sort(), Array.from({ length: 6 }, (_, i) => `device-${i} play`).sort())
    })
  }

  test('refuse what is replayed or changed, and the gateway believes no answer that is not theirs', async () => {
    const mosquitto = await broker(at, 'hostile')
    const changed = (payload) => Buffer.from(payload.toString().replace('"volume":80', '"volume":99'))
    let overheard
    const speakers = await devices(mosquitto, {
      hears: (name, payload) => {
        if (name === 'device-1') return [payload, payload]
        if (name === 'device-2') return [changed(payload), payload]
        if (name === 'device-3') { overheard = payload; return [] }
        return name === 'device-4' ? [overheard] : [payload]
      },
      answers: async (name, payload, published) => {
        if (name === 'device-7') while (!published.includes('device-5') || !published.includes('device-6')) await pause(10)
        if (name === 'device-5') return Buffer.from(payload.toString().replace('played', 'broken')) // not signed so
        return name === 'device-6' ? Buffer.from('nonsense') : payload
      },
    })
    const { states } = await campaign('hostile_run', 'loudspeaker', 8, { port: mosquitto.port, accepted: 1, known: 4 }).ended
    speakers.close()
    await mosquitto.kill()
    assert.deepEqual(states, { accepted: 4, delivered: 4 }) // of 3, 4, 5 and 6 nobody knows
    assert.deepEqual(speakers.judged.sort(), ['device-0 play', 'device-1 play', 'device-1 replayed', 'device-2 forged', 'device-2 play',
      'device-4 not_mine', 'device-5 play', 'device-6 play', 'device-7 play'])
  })

  test('are reached by TLS with a password, and a broker that is another one is told nothing', async () => {
    const tls = certificates(at)
    const mosquitto = await broker(at, 'tls', tls)
    const speakers = await devices(mosquitto)
    const own = { port: mosquitto.port, tls: 1, ca: tls.ca, account: 'anlan', secret: 'secret08' }
    assert.deepEqual((await campaign('tls_run', 'loudspeaker', 3, { ...own, accepted: 1 }).ended).states, { delivered: 3 })
    const wrong = await campaign('tls_wrong', 'loudspeaker', 3, { ...own, secret: 'wrong', down: 1 }).ended
    const stranger = await campaign('tls_stranger', 'loudspeaker', 3, { ...own, ca: '', down: 1 }).ended
    speakers.close()
    await mosquitto.kill()
    for (const one of [wrong, stranger]) assert.deepEqual([one.states, one.connected], [{ ready: 3 }, false])
    assert.match(wrong.why, /refuses/)
    assert.equal(speakers.heard.length, 3)
  })
})

describe('loudspeakers', { timeout: 400_000 }, () => {
  test('whose broker is killed in the middle play nothing twice, and nothing stays in flight', async () => {
    const mosquitto = await broker(at, 'killed')
    const speakers = await devices(mosquitto)
    const { ended } = campaign('killed_run', 'loudspeaker', 30, { port: mosquitto.port, patience: 2000, rate: 40 })
    while (speakers.heard.length < 5) await pause(5)
    await mosquitto.kill()
    await pause(300)
    await mosquitto.begin()
    const { states, connected } = await ended
    await pause(1000)
    speakers.close()
    await mosquitto.kill()
    assert.equal(connected, true)
    assert.equal((states.delivered ?? 0) + (states.accepted ?? 0), 30, JSON.stringify(states))
    const played = speakers.judged.filter((one) => one.endsWith(' play'))
    assert.equal(new Set(played).size, played.length, 'a device played a command twice')
    assert.ok(speakers.judged.every((one) => /play|repeated/.test(one)), JSON.stringify(speakers.judged))
  })
})
