// The demo city and a county of it as two nodes, with the line between them, and limits so short that a test need not
// wait for minutes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Client } from '../api/client.mjs'
import { kPassword } from '../api/node.mjs'
import { freePort, lineTo } from '../../tools/levels/line.mjs'
import { done, serve } from '../cli/program.mjs'

const kOneOrganisation = 'county-370783', kOnce = 'Long-enough-77-now'
const kLimits = '[limits]\ntell_s = 1\nlate_s = 4\ncut_s = 7\nwaiting_s = 300\nclock_off_s = 5\ndisk_percent = 1\n'

function shorten(folder) {
  mkdirSync(`${folder}/rules`, { recursive: true })
  writeFileSync(`${folder}/rules/nodes.toml`, kLimits)
}

/** An account of the county's own, ready to sign in. */
async function account(county, name, person, role, settings) {
  const made = await done('user', 'add', name, '--person', person, '--role', role, '--json', '--data', county, ...settings)
  return { name, one_time: JSON.parse(made.out).one_time_password }
}

/** `at`: folder of a name. The county's desk is `desk`, with `password`. */
export async function startTwoNodes(at) {
  const port = await freePort()
  const line = await lineTo(port)
  const of_city = ['--set', 'federation.address=127.0.0.1', '--set', `federation.port=${port}`, '--set', 'node.id=city-node', '--set', 'node.name=潍坊市应急管理局节点', '--set', 'limits.rate_factor=1000']
  const of_county = ['--set', 'node.id=county-node', '--set', 'node.name=寿光市应急管理局节点', '--set', 'node.division=370783', '--set', 'limits.rate_factor=1000']
  await done('demo', '--once', '--port', '0', '--data', at('city'), '--set', 'node.id=city-node')
  shorten(at('city'))
  const city = await serve(at('city'), { more: of_city })
  const invited = await done('invite', 'county-node', kOneOrganisation, '--name', '寿光市应急管理局节点', '--json', '--data', at('city'), ...of_city)
  await done('join', JSON.parse(invited.out).code, '--data', at('county'), ...of_county)
  shorten(at('county'))
  const parent = JSON.parse(readFileSync(at('county/keys/parent.json'), 'utf8'))
  writeFileSync(at('county/keys/parent.json'), JSON.stringify({ ...parent, port: line.port }))
  const { name, one_time } = await account(at('county'), 'desk', 'p-shouguang', 'county_officer', of_county)
  const county = await serve(at('county'), { more: of_county })
  await (await Client.signIn(county.url, name, one_time)).command('/session/password', { old: one_time, new: kOnce })
  const clients = { city: await Client.signIn(city.url, 'sysadmin', kPassword), county: await Client.signIn(county.url, name, kOnce) }
  const stop = async () => {
    for (const node of [county, city]) await node.stop()
    line.close()
  }
  return { line, city, county, clients, desk: { name, password: kOnce }, stop }
}
