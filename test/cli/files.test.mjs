// Files that come from outside: alerts to look at, tables of divisions to take over.
import { after, describe, test } from 'node:test'
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import assert from 'node:assert/strict'
import { kRoot, run, scratch } from './program.mjs'

const at = scratch(after)
const kAlerts = join(kRoot, 'test/fuzz/corpus/cap')

describe('cap check', () => {
  test('says of every file of the project what its name says', async () => {
    const files = readdirSync(kAlerts).map((name) => join(kAlerts, name))
    assert.ok(files.length > 15)
    const { code, out } = await run(['cap', 'check', ...files])
    const lines = out.trim().split('\n')
    assert.equal(code, 1)
    assert.equal(lines.length, files.length)
    files.forEach((file, i) => assert.match(lines[i], new RegExp(`^${file}: ${basename(file).split('_')[0]}(:|$)`)))
  })

  test('names line and element, in the language asked for', async () => {
    const file = join(kAlerts, 'invalid_order.xml')
    const english = await run(['cap', 'check', file])
    assert.match(english.out, /: invalid: .+ \(line \d+, \S+\); signature: none\n$/)
    assert.doesNotMatch(english.out, /\p{Script=Han}/u)
    assert.match((await run(['cap', 'check', file, '--lang', 'zh-CN'])).out, /: invalid: .*\p{Script=Han}/u)
  })

  test('succeeds where all are valid, and fails for one that cannot be read', async () => {
    const good = join(kAlerts, 'valid_11.xml')
    assert.equal((await run(['cap', 'check', good, join(kAlerts, 'valid_12_utf16.xml')])).code, 0)
    const ran = await run(['cap', 'check', at('none.xml'), good])
    assert.equal(ran.code, 1)
    assert.match(ran.err, /none\.xml: missing or unreadable/)
    assert.match(ran.out, /valid_11\.xml: valid/)
  })
})

describe('a folder in place of a file', () => {
  test('is called one, in both languages', async () => {
    for (const words of [['cap', 'check', kAlerts], ['cap', 'show', kAlerts]])
      for (const [language, told] of [['en', 'this is a folder; name the files in it'], ['zh-CN', '这是文件夹']]) {
        const ran = await run([...words, '--lang', language])
        assert.equal(ran.code, 1)
        assert.ok(ran.err.startsWith(kAlerts) && ran.err.includes(told), ran.err)
      }
  })
})

describe('cap check --json', () => {
  test('says the same to a program', async () => {
    const good = join(kAlerts, 'valid_12_gbk.xml'), bad = join(kAlerts, 'invalid_order.xml'), none = at('none.xml')
    const ran = await run(['cap', 'check', '--json', good, bad, none])
    assert.equal(ran.code, 1)
    assert.equal(ran.err, '')
    const told = JSON.parse(ran.out)
    assert.deepEqual(told.map(({ file, kind }) => [file, kind]), [[good, 'valid'], [bad, 'invalid'], [none, 'unreadable']])
    const [error] = told[1].errors
    assert.ok(error.line > 0 && error.element && error.code)
    assert.ok((await run(['cap', 'check', bad])).out.includes(error.text))
    assert.deepEqual([told[0].errors, told[2].errors], [[], []])
    assert.equal((await run(['cap', 'check', '--json', good])).code, 0)
  })
})

describe('cap show', () => {
  test('prints an alert as JSON', async () => {
    const { code, out } = await run(['cap', 'show', join(kAlerts, 'valid_12_every_element.xml')])
    assert.equal(code, 0)
    const alert = JSON.parse(out)
    const xml = readFileSync(join(kAlerts, 'valid_12_every_element.xml'), 'utf8')
    assert.equal(alert.identifier, xml.match(/<identifier>([^<]+)</)[1])
    assert.equal(alert.info[0].event, xml.match(/<event>([^<]+)</)[1])
  })

  test('shows nothing of what is no alert', async () => {
    for (const name of ['invalid_values.xml', 'foreign_edxl.xml', 'invalid_doctype.xml']) {
      const { code, out } = await run(['cap', 'show', join(kAlerts, name)])
      assert.equal(code, 1)
      assert.match(out, new RegExp(`${name}: ${name.split('_')[0]}: `))
    }
    assert.equal((await run(['cap', 'show', at('none.xml')])).code, 1)
  })
})

describe('import', () => {
  const kTable = join(kRoot, 'data/divisions/villages-370700.tsv'), kPoints = join(kRoot, 'data/divisions/points-370700.tsv')
  const kData = at('node'), kKept = at('node/divisions/villages-370700.tsv')
  const take = (...files) => run(['import', '--data', kData, '--divisions', ...files])
  const row = (code, name) => `${code}\t${name}\tx\t\t370783115\t\t\n`

  test('takes the tables of the node\'s city over, and again', async () => {
    const ran = await take(kTable, kPoints)
    assert.equal(ran.code, 0, ran.err)
    assert.equal(ran.out, `Imported ${kTable}\nImported ${kPoints}\n`)
    assert.deepEqual(readFileSync(kKept), readFileSync(kTable))
    const copy = at('villages-370700.tsv')
    copyFileSync(kTable, copy)
    writeFileSync(copy, readFileSync(kTable, 'utf8') + row('370783115999', '新增村（虚构）'))
    assert.equal((await take(copy)).code, 0)
    assert.match(readFileSync(kKept, 'utf8'), /新增村（虚构）/)
    assert.equal((await run(['check', '--data', kData])).code, 0)
  })

  test('takes back what does not hold', async () => {
    const before = readFileSync(kKept)
    const broken = at('villages-370700.tsv')
    writeFileSync(broken, readFileSync(kTable, 'utf8') + 'no such row\n')
    const ran = await take(broken)
    assert.equal(ran.code, 1)
    assert.equal(ran.out, '')
    assert.match(ran.err, /^Nothing was imported: the files do not hold\n.*villages-370700\.tsv:\d+: /)
    assert.deepEqual(readFileSync(kKept), before)
  })

  test('takes rules over, which go before those that ship, and takes back what does not hold', async () => {
    const shipped = readFileSync(join(kRoot, 'data/rules/clocks.toml'), 'utf8')
    const own = at('clocks.toml'), kept = at('node/rules/clocks.toml')
    writeFileSync(own, shipped)
    const ran = await run(['import', '--data', kData, '--rules', own])
    assert.equal(ran.code, 0, ran.err)
    assert.equal(ran.out, `Imported ${own}\n`)
    assert.equal(readFileSync(kept, 'utf8'), shipped)
    writeFileSync(own, shipped.replace(/^minutes = \d+$/m, 'minutes = 0'))
    const refused = await run(['import', '--data', kData, '--rules', own])
    assert.equal(refused.code, 1)
    assert.match(refused.err, /: rule\[\d+\]\.minutes: must be from 1 to /)
    assert.match(refused.err.split('\n')[1].replace(own, 'OWN'), /^OWN:\d+: /)
    assert.equal(readFileSync(kept, 'utf8'), shipped)
    writeFileSync(at('rules.toml'), shipped)
    assert.match((await run(['import', '--data', kData, '--rules', at('rules.toml')])).err, /rules are named clocks\.toml, grade\.toml, .* or roads\.toml/)
    writeFileSync(kept, 'broken')
    const checked = await run(['check', '--data', kData])
    assert.equal(checked.code, 3)
    assert.match(checked.out, /node\/rules\/clocks\.toml:1: /)
    assert.equal((await run(['import', '--data', kData])).code, 2)
  })

  test('refuses tables of another city and files of another name, before anything is written', async () => {
    for (const name of ['villages-370600.tsv', 'towns.tsv', 'myvillages-370700.tsv']) {
      writeFileSync(at(name), 'x')
      const ran = await run(['import', '--data', at('fresh'), '--divisions', kTable, at(name)])
      assert.equal(ran.code, 1)
      assert.match(ran.err, /a table of this node's city is named villages-370700\.tsv or points-370700\.tsv; nothing was imported/)
    }
    const ran = await run(['import', '--data', at('fresh'), '--divisions', at('gone/villages-370700.tsv')])
    assert.equal(ran.code, 1)
    assert.match(ran.err, /missing or unreadable/)
    assert.ok(!existsSync(at('fresh')))
    assert.equal((await run(['import', '--data', at('fresh'), '--set', 'http.port=x', '--divisions', kTable])).code, 3)
  })
})
