// Lists of contacts that are taken in at the machine.
import { test, before, after } from 'node:test'
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { kPassword, startNode } from '../api/node.mjs'
import { Client } from '../api/client.mjs'
import { done, run, scratch, serve } from './program.mjs'

const kHead = 'reference,name,telephone,division,longitude,latitude,roles'
const kGood = ['1,甲（虚构）,100-90000001,370783115,118.8,37.2,居民', '2,乙（虚构）,100-90000002,370783115,,,', '"3","丙，""丁""（虚构）",100 9000 0001,370783115,118.9,37.2,居民;网格员']
const at = scratch(after)
let node

before(async () => {
  node = await startNode()
})
after(() => node?.stop())

function list(...rows) {
  const file = at('list.csv')
  writeFileSync(file, rows.join('\r\n'))
  return file
}
const take = (file, name = 'villages', ...more) => run(['contacts', 'import', file, '--list', name, '--organisation', 'wf-emergency', '--data', node.data, ...more], { env: node.store })

/** How many a warning for one town would reach. */
async function people(desk) {
  const content = {
    type: '11A01', colour: 'red', headline: 'x', description: 'x', instruction: 'x', area: { description: 'x', divisions: ['370783115'], rings: [], circles: [] },
    audience: { roles: [], hazards: [], vulnerabilities: [] }, channels: [], expires: new Date(Date.now() + 3_600_000).toISOString(),
  }
  return (await (desk ?? (await node.as('duty3'))).post('/warnings/preview', { content })).json.people
}

test('every bad row is told by its line, and then nothing is taken', async () => {
  const before = await people()
  const ran = await take(list(kHead, kGood[0], '4,戊（虚构）,,370783115,118.8,37.2,', '5,己（虚构）,100-90000005,999999,118.8,37.2,', '6,庚（虚构）,100-90000006,370783115,37.2,118.8,', '1,辛（虚构）,100-90000007,370783115,,,'))
  assert.equal(ran.code, 1)
  for (const [line, what] of [[3, /neither a telephone/], [4, /no division “999999”/], [5, /neither in nor around/], [6, /stood there before/]])
    assert.ok(ran.out.split('\n').some((row) => row.startsWith(`Line ${line}:`) && what.test(row)), `${line}: ${ran.out}${ran.err}`)
  assert.match(ran.err, /4 faults/)
  for (const [rows, what] of [[['name,telephone', 'x,1'], /column “reference” is missing/], [[kHead + ',colour', kGood[0]], /no column “colour”/], [[''], /nothing in it/], [[kHead, '1,"x'], /no valid CSV/]])
    assert.match((await take(list(...rows))).out, what)
  assert.equal(await people(), before)
})

test('what is no telephone or no mail address is told by its line', async () => {
  const head = 'reference,telephone,mail,division'
  const ran = await take(list(head, '1,无,,370783115', '2,1.39E+10,,370783115', '3,1234,,370783115', '4,1234567890123456,,370783115', '5,,somebody,370783115', '6,,a@b c,370783115'))
  assert.equal(ran.code, 1)
  for (const [line, what] of [[2, '无'], [3, '1.39E+10'], [4, '1234'], [5, '1234567890123456']])
    assert.ok(ran.out.includes(`Line ${line}: “${what}” is no telephone number`), ran.out)
  for (const [line, what] of [[6, 'somebody'], [7, 'a@b c']]) assert.ok(ran.out.includes(`Line ${line}: “${what}” is no mail address`), ran.out)
})

test('a list is taken in, told in the journal, and taken in once', async () => {
  const before = await people()
  const first = await take(list(kHead, ...kGood))
  assert.equal(first.code, 0, first.err)
  assert.match(first.out, /3 rows taken in; 2442 people/)
  assert.equal(await people(), before + 2, 'two telephones')
  assert.match((await take(list(kHead, ...kGood))).out, /nothing was changed/)
  const { items } = await (await node.as('audadmin')).get('/audit?type=contact.list_replaced')
  assert.deepEqual(items.map(({ body }) => [body.list, body.rows]), [['villages', 3], ['demo', 2440]])
  assert.doesNotMatch(JSON.stringify(items), /甲|9000/)
})

test('a list that would lose most of its rows, or all, is not taken unless that is said', async () => {
  const before = await people()
  const empty = await take(list(kHead))
  assert.equal(empty.code, 1)
  assert.match(empty.err, /has no rows, and nothing was changed; the list has 3\./)
  const fewer = await take(list(kHead, kGood[1]))
  assert.equal(fewer.code, 1)
  assert.match(fewer.err, /has 1 rows and the list 3: less than half/)
  assert.equal((await take(list(kHead), 'nobody')).code, 1)
  assert.equal(await people(), before)
})

test('a list replaces the one of its name and no other', async () => {
  const before = await people()
  assert.match((await take(list(kHead, kGood[1]), 'villages', '--force')).out, /1 rows taken in; .*had 3 rows/)
  assert.equal(await people(), before - 1)
  assert.equal((await take(list(kHead, kGood[0]), 'other')).code, 0)
  assert.equal(await people(), before)
  const theirs = await run(['contacts', 'import', list(kHead, kGood[2].replace('0001', '0003')), '--list', 'other', '--organisation', 'county-370783', '--data', node.data], { env: node.store })
  assert.equal(theirs.code, 0, theirs.err)
  assert.equal(await people(), before + 1, 'a list of another organisation is another list')
})

test('a telephone is one however it is written', async () => {
  const before = await people()
  const rows = ['+86 100-9000 0009', '10090000009', '86 10090000009', '0086-100-90000009', '(100)90000009', '100\u300090000009']
  assert.equal((await take(list(kHead, ...rows.map((telephone, i) => `${i},,${telephone},370783115,,,`)), 'written')).code, 0)
  assert.equal(await people(), before + 1)
  await take(list(kHead), 'written', '--force')
  assert.equal(await people(), before)
})

test('an organisation that is not there, and a list without a name, are refused', async () => {
  const file = list(kHead, kGood[0])
  assert.match((await run(['contacts', 'import', file, '--list', 'x', '--organisation', 'nobody', '--data', node.data], { env: node.store })).err, /no organisation nobody/)
  assert.equal((await run(['contacts', 'import', file, '--list', 'a b', '--organisation', 'wf-emergency', '--data', node.data], { env: node.store })).code, 2)
})

test('a backup has the contacts', { skip: Boolean(process.env.ANLAN_TEST_POSTGRES) && 'of a server its own tools make the copy' }, async () => {
  await done('backup', '--with-keys', node.data, at('backup'))
  await done('restore', at('backup'), at('restored'))
  const restored = await serve(at('restored'))
  assert.equal(await people(await Client.signIn(restored.url, 'duty3', kPassword)), await people())
  await restored.stop()
})
