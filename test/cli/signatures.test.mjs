// Signatures of alerts: made by the program and verified by xmlsec's own, and what is said of wrong ones.
import { after, before, describe, test } from 'node:test'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import assert from 'node:assert/strict'
import { kRoot, run, scratch } from './program.mjs'

const at = scratch(after)
const tool = promisify(execFile)
const kAlert = join(kRoot, 'test/fuzz/corpus/cap/valid_12_every_element.xml')
const kKinds = { ec: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], rsa: ['rsa:2048'] }

const openssl = (...words) => tool('openssl', words)
const check = (...words) => run(['cap', 'check', ...words])
const sign = (kind, file) => run(['cap', 'sign', '--key', at(`${kind}.key`), '--certificate', at(`${kind}.pem`), file])

before(async () => {
  for (const [kind, words] of Object.entries(kKinds)) {
    await openssl('req', '-x509', '-newkey', ...words, '-nodes', '-days', '3650', '-subj', `/CN=demo ${kind}`,
      '-keyout', at(`${kind}.key`), '-out', at(`${kind}.pem`))
    const { code, out, err } = await sign(kind, kAlert)
    assert.equal(code, 0, err)
    writeFileSync(at(`${kind}.xml`), out)
  }
})

describe('cap sign', () => {
  for (const kind of Object.keys(kKinds)) {
    test(`with ${kind}: xmlsec's own program finds it good, and a change bad`, async () => {
      const verify = (file) => tool('xmlsec1', ['--verify', '--trusted-pem', at(`${kind}.pem`), file])
      await verify(at(`${kind}.xml`))
      writeFileSync(at('changed.xml'), readFileSync(at(`${kind}.xml`), 'utf8').replace('虚构气象台', '别的气象台'))
      await assert.rejects(verify(at('changed.xml')))
    })

    test(`with ${kind}: the alert stays valid and says the same`, async () => {
      const { code, out } = await check(at(`${kind}.xml`), '--trust', at(`${kind}.pem`))
      assert.equal(code, 0)
      assert.match(out, new RegExp(`: valid: CAP 1\\.2, no errors; signature: valid \\(by CN=demo ${kind}\\)\\n$`))
      const [before, now] = await Promise.all([kAlert, at(`${kind}.xml`)].map((file) => run(['cap', 'show', file])))
      assert.deepEqual({ ...JSON.parse(now.out), signature: false }, JSON.parse(before.out))
    })
  }

  test('signs nothing that is not valid, is signed already, or has another key', async () => {
    assert.match((await sign('ec', join(kRoot, 'test/fuzz/corpus/cap/invalid_order.xml'))).out, /: invalid: /)
    for (const ran of [await sign('ec', at('ec.xml')), await sign('ec', at('none.xml')), await sign('none', kAlert),
      await run(['cap', 'sign', '--key', at('ec.key'), '--certificate', at('rsa.pem'), kAlert])]) {
      assert.deepEqual([ran.code, ran.out], [1, ''])
      assert.notEqual(ran.err, '')
    }
  })
})

describe('cap check of a signature', () => {
  test('says that there is none', async () => {
    const { code, out } = await check(kAlert)
    assert.equal(code, 0)
    assert.match(out, /: valid: .*; signature: none\n$/)
  })

  test('says that nobody checked the signer where no certificate is trusted, in both languages', async () => {
    assert.match((await check(at('ec.xml'))).out, /; signature: valid \(signer not checked: CN=demo ec\)\n$/)
    assert.match((await check(at('ec.xml'), '--lang', 'zh-CN')).out, /; signature: valid \(未核对签名人：CN=demo ec\)\n$/)
  })

  test('tells digest, signature and certificate apart, and fails', async () => {
    const good = readFileSync(at('ec.xml'), 'utf8')
    const flip = (text, tag) => text.replace(new RegExp(`(<ds:${tag}>.)(.)`), (_, head, c) => head + (c === 'A' ? 'B' : 'A'))
    const cases = { digest: flip(good, 'DigestValue'), signature: flip(good, 'SignatureValue'), certificate: flip(good, 'X509Certificate'),
      form: good.replace('URI=""', 'URI="#a"') }
    for (const [part, text] of Object.entries(cases)) {
      writeFileSync(at('bad.xml'), text)
      const { code, out } = await check(at('bad.xml'))
      assert.equal(code, 1)
      assert.match(out, new RegExp(`: valid: CAP 1\\.2, no errors; signature: invalid \\(${part}: .+\\)\\n$`))
    }
    assert.match((await check(at('ec.xml'), '--trust', at('rsa.pem'))).out, /; signature: invalid \(certificate: not trusted, .+\)\n$/)
  })

  test('says the same to a program', async () => {
    const [told] = JSON.parse((await check('--json', at('ec.xml'), '--trust', at('rsa.pem'))).out)
    const { text, ...rest } = told.signature
    assert.deepEqual(rest, { state: 'invalid', trusted: false, part: 'certificate', code: 'certificate_untrusted', signer: 'CN=demo ec' })
    assert.match(text, /^certificate: not trusted/)
    const [none, missing] = JSON.parse((await check('--json', kAlert, at('none.xml'))).out)
    assert.deepEqual(none.signature, { state: 'none', trusted: false, text: '' })
    assert.equal('signature' in missing, false)
  })

  test('fails where the trusted certificates cannot be read', async () => {
    for (const file of [kAlert, at('none.pem')]) {
      const ran = await check(at('ec.xml'), '--trust', file)
      assert.deepEqual([ran.code, ran.out], [1, ''])
      assert.ok(ran.err.includes(file))
    }
  })
})

const kReal = join(process.env.ANLAN_CORPUS ?? join(kRoot, '../shared/corpus'), 'cap')
const kVerdicts = {
  'wmo_sc_valid.xml': /valid \(signer not checked: CN=www\.meteo\.sc; white space /,
  'wmo_sc_no_signature.xml': /none$/,
  'wmo_sc_invalid_digest.xml': /invalid \(digest: /,
  'wmo_sc_invalid_signature.xml': /invalid \(signature: /,
  'wmo_sc_invalid_certificate.xml': /invalid \(certificate: /,
  'us_usgs_earthquake_signed.cap': /invalid \(form: the algorithm “\S+#rsa-sha1” /,
  'canada_naad_signed.cap': /invalid \(form: 2 signatures, /,
}
test('real signed alerts are judged as they should be', { skip: !existsSync(kReal) && 'no real files at hand; set ANLAN_CORPUS' }, async () => {
  for (const [name, verdict] of Object.entries(kVerdicts)) {
    const { out } = await check(join(kReal, name))
    assert.match(out.trim().split('; signature: ')[1], verdict, name)
  }
  assert.match((await check('--allow-sha1', join(kReal, 'us_usgs_earthquake_signed.cap'))).out, /\(certificate: there is none\)/)
})
