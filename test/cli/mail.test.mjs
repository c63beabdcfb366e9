// Mails to a server that others wrote (npm `smtp-server`): what comes out of the outbox, and what goes back into it.
import { after, describe, test } from 'node:test'
import { createRequire } from 'node:module'
import { once } from 'node:events'
import assert from 'node:assert/strict'
import { campaign as campaignAt, certificates, kText, numberOf } from './channel.mjs'
import { kRoot, scratch } from './program.mjs'

const { SMTPServer } = createRequire(`${kRoot}/console/package.json`)('smtp-server')
const at = scratch(after)
const campaign = (...words) => campaignAt(at, ...words)
const tls = certificates(at)

/** A mail server on a port of its own; what it took lies in `mails`, by recipient. */
async function mailServer(options = {}) {
  const self = { mails: new Map(), twice: 0, connections: 0, secure: 0 }
  const server = new SMTPServer({
    disableReverseLookup: true, authOptional: true, disabledCommands: ['STARTTLS'], ...options,
    onConnect: (session, done) => { self.connections++; done() },
    onData: (stream, session, done) => {
      const parts = []
      stream.on('data', (part) => parts.push(part))
      stream.on('end', () => {
        const [{ address }] = session.envelope.rcptTo
        const take = () => {
          self.twice += self.mails.has(address)
          self.secure += session.secure
          self.mails.set(address, Buffer.concat(parts).toString())
          done()
        }
        options.onMail ? options.onMail(address, take, done, server, session) : take()
      })
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return Object.assign(self, { port: server.server.address().port, close: () => server.close() })
}
const replies = (code, text) => Object.assign(new Error(text), { responseCode: code })

describe('a mail server that others wrote', { timeout: 400_000 }, () => {
  test('gets every text whole, by a connection that is kept', async () => {
    const other = await mailServer()
    const { states } = await campaign('mail', 'mail', 40, { port: other.port }).ended
    other.close()
    assert.deepEqual(states, { accepted: 40 })
    assert.deepEqual([other.mails.size, other.twice, other.connections], [40, 0, 1])
    const [head, body] = other.mails.get('p7@example.com').split('\r\n\r\n')
    assert.equal(Buffer.from(body, 'base64').toString(), kText)
    assert.match(head, /^Message-ID: <w1\.7\.\d@example\.gov\.cn>$/m)
    assert.match(head, /^Auto-Submitted: auto-generated$/m)
    const subject = head.match(/^Subject: ((?:.|\r\n )*)$/m)[1].split('\r\n ').map((word) => Buffer.from(word.slice(10, -2), 'base64').toString())
    assert.equal(subject.join(''), kText.split('\n')[0])
  })

  test('may refuse, put off, and break off behind the text: nothing goes twice, and what nobody knows is said so', async () => {
    const tried = new Map()
    const other = await mailServer({
      onRcptTo: ({ address }, session, done) => {
        const tries = (tried.get(address) ?? 0) + 1
        tried.set(address, tries)
        const n = numberOf(address)
        if (n % 10 === 1) return done(replies(550, 'no such mailbox'))
        if (n % 10 === 2 && tries < 3) return done(replies(450, 'come later'))
        done()
      },
      onMail: (address, take, done, server) => {
        const n = numberOf(address)
        if (n % 10 === 3) return done(replies(554, 'not this text'))
        if (n % 10 === 4 && tried.get(address) < 2) return done(replies(451, 'out of room'))
        take.later = setTimeout(take, 1)
        if (n === 5 || n === 25) { clearTimeout(take.later); for (const one of server.connections) one._socket.destroy() }
      },
    })
    const { states, reasons } = await campaign('mail_hard', 'mail', 40, { port: other.port }).ended
    other.close()
    assert.deepEqual(states, { accepted: 30, failed: 8, uncertain: 2 })
    assert.equal(other.twice, 0)
    assert.equal(other.mails.size, 30)
    const said = Object.keys(reasons).sort()
    assert.equal(said.length, 3)
    assert.match(said[0], /^550.*no such mailbox/)
    assert.match(said[1], /^554.*not this text/)
    assert.equal(said[2], 'no answer')
  })
})

describe('a mail server that proves who it is', { timeout: 400_000 }, () => {
  test('is spoken to by STARTTLS and by TLS, with a password, and by nobody else in its place', async () => {
    const onAuth = ({ username, password }, session, done) => username === 'anlan' && password === 'secret08' ? done(null, { user: username }) : done(replies(535, 'not you'))
    const secured = { ...tls, authOptional: false, disabledCommands: [], onAuth }
    const own = { host: 'localhost', ca: tls.ca, account: 'anlan', secret: 'secret08' }
    for (const [security, secure] of [['required', false], ['implicit', true]]) {
      const other = await mailServer({ ...secured, secure })
      const { states } = await campaign(`mail_${security}`, 'mail', 5, { ...own, port: other.port, security }).ended
      assert.deepEqual(states, { accepted: 5 })
      assert.equal(other.secure, 5)
      const short = { port: other.port, security, down: 1 }
      const wrong = await campaign(`mail_wrong_${security}`, 'mail', 2, { ...own, ...short, secret: 'wrong' }).ended
      assert.equal(wrong.connected, false)
      assert.match(wrong.why, /^535/)
      const stranger = await campaign(`mail_stranger_${security}`, 'mail', 2, { ...own, ...short, ca: '' }).ended
      assert.match(stranger.why, /certificate/)
      other.close()
      assert.equal(other.mails.size, 5)
    }
    const bare = await mailServer()
    const { why } = await campaign('mail_bare', 'mail', 2, { port: bare.port, security: 'required', down: 1 }).ended
    bare.close()
    assert.equal(bare.mails.size, 0, 'a mail went out in the clear')
    assert.match(why, /STARTTLS|TLS/)
  })
})
