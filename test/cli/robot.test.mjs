// Texts to robots, which answer as their vendors' documents say: no vendor's service was tried.
import { after, describe, test } from 'node:test'
import { createHmac } from 'node:crypto'
import assert from 'node:assert/strict'
import { campaign as campaignAt, httpServer, kText, says } from './channel.mjs'
import { scratch } from './program.mjs'

const at = scratch(after)
const campaign = (...words) => campaignAt(at, ...words)

describe('a robot as its vendor describes it', { timeout: 400_000 }, () => {
  test('of WeCom says too fast, is busy and refuses a text: what is put off comes again', async () => {
    let count = 0
    const texts = []
    const other = await httpServer((request, body, response) => {
      assert.equal(request.url, '/send?key=key-1')
      const { msgtype, text } = JSON.parse(body)
      assert.equal(msgtype, 'text')
      count++
      if (count === 3) return says(response, 200, { errcode: -1, errmsg: 'system busy' })
      if (count === 5) return says(response, 502, '<html>bad gateway</html>')
      if (count === 7) return says(response, 200, { errcode: 40058, errmsg: 'invalid Request Parameter' })
      texts.push(text.content)
      says(response, 200, { errcode: 0, errmsg: 'ok' })
    })
    const { states, reasons } = await campaign('wecom', 'wecom', 10, { url: `http://127.0.0.1:${other.port}/send` }).ended
    other.close()
    assert.deepEqual(states, { accepted: 9, failed: 1 })
    assert.deepEqual(reasons, { '40058 invalid Request Parameter': 1 })
    assert.deepEqual(texts, Array(9).fill(kText))
  })

  test('that says too fast is left alone for its minute', async () => {
    let count = 0
    const other = await httpServer((request, body, response) => says(response, 200, ++count > 2 ? { errcode: 45009, errmsg: 'api freq out of limit' } : { errcode: 0, errmsg: 'ok' }))
    const { states, why } = await campaign('wecom_fast', 'wecom', 4, { url: `http://127.0.0.1:${other.port}/send`, longest: 8000 }).ended
    other.close()
    assert.deepEqual(states, { accepted: 2, waiting: 2 })
    assert.equal(count, 4)
    assert.equal(why, '45009 api freq out of limit')
  })

  test('of DingTalk proves the signature, and one that it does not know is told nothing', async () => {
    const seen = []
    const other = await httpServer((request, body, response) => {
      const query = new URL(request.url, 'http://x').searchParams
      const sign = createHmac('sha256', 'SECabc').update(`${query.get('timestamp')}\nSECabc`).digest('base64')
      const known = query.get('access_token') === 'key-1' && query.get('sign') === sign && Math.abs(Date.now() - query.get('timestamp')) < 3_600_000
      if (known) seen.push(JSON.parse(body).text.content)
      says(response, 200, known ? { errcode: 0, errmsg: 'ok' } : { errcode: 310000, errmsg: 'sign not match' })
    })
    const url = `http://127.0.0.1:${other.port}/robot/send`
    const { states } = await campaign('dingtalk', 'dingtalk', 5, { url, secret: 'SECabc' }).ended
    const wrong = await campaign('dingtalk_wrong', 'dingtalk', 5, { url, secret: 'SECabd' }).ended
    other.close()
    assert.deepEqual(states, { accepted: 5 })
    assert.deepEqual(seen, Array(5).fill(kText))
    assert.deepEqual([wrong.states, wrong.connected, wrong.why], [{ failed: 5 }, false, '310000 sign not match'])
  })
})
