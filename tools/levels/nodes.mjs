// Nodes of several levels as processes of this machine, each with its own folder, address and line to the node above.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from '../../test/api/client.mjs'
import { done, serve } from '../../test/cli/program.mjs'
import { freePort, lineTo } from './line.mjs'

/** Changes a one-time password into `password`. */
export async function settle(url, account, oneTime, password) {
  const client = await Client.signIn(url, account, oneTime)
  await client.command('/session/password', { old: oneTime, new: password })
}

/** Makes the joined node in `folder` dial `port` of 127.0.0.1 instead: the line. */
export function lead(folder, port) {
  const file = join(folder, 'keys/parent.json')
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), address: '127.0.0.1', port }))
}

export class Node {
  line = null
  sessions = new Map()

  /** `address`: of 127.0.0.0/8, its own, so that a browser keeps its session apart from others'; `port` 0: any. */
  constructor(described, { folder, address, port, password }) {
    Object.assign(this, described, { folder: join(folder, described.id), address, port, password })
  }

  async prepare() {
    this.linePort = await freePort(this.address)
    const set = {
      'node.id': this.id, 'node.name': `${this.zh}（演示）`, 'node.division': this.division, 'node.demo': 'true',
      'federation.address': this.address, 'federation.port': this.linePort, 'http.address': this.address, 'limits.rate_factor': 1000,
    }
    this.settings = ['--data', this.folder, ...Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`])]
  }

  async start() {
    const [, , ...settings] = this.settings
    this.process = await serve(this.folder, { more: settings, port: this.port })
    this.url = this.process.url
  }

  /** The city, with what the demo registers; its own story is told to its end. */
  async found() {
    await this.prepare()
    await done('demo', '--once', '--port', '0', '--data', this.folder, '--set', `node.id=${this.id}`)
    await this.start()
  }

  /** What the demo city registered for them is theirs no longer: who joins is registered by the node above it. */
  async release(nodes) {
    const sysadmin = await this.as('sysadmin')
    for (const { replaces } of nodes)
      if (replaces) await sysadmin.command(`/organisations/${replaces.organisation}/retire`, { reason: replaces.reason })
  }

  /** Registers the organisation of a node below, and its people. */
  async register(node) {
    if (!node.registers) return
    const sysadmin = await this.as('sysadmin')
    node.organisation = (await sysadmin.command('/organisations', { ...node.registers, division: node.division, level: node.level, superior: this.organisation })).id
    for (const one of node.accounts) one.person = (await sysadmin.command('/people', { ...one.registers, organisation: node.organisation })).id
  }

  async join(parent) {
    await this.prepare()
    await parent.register(this)
    const invited = await done('invite', this.id, this.organisation, '--name', `${this.zh}节点（演示）`, '--json', ...parent.settings)
    await done('join', JSON.parse(invited.out).code, ...this.settings)
    this.line = await lineTo(parent.linePort, parent.address)
    lead(this.folder, this.line.port)
    await this.start()
    await this.openAccounts()
  }

  /** The system administrator of the first start, and by it the accounts of the desk. */
  async openAccounts() {
    const [, oneTime] = /^sysadmin +(\S+)$/m.exec(readFileSync(join(this.folder, 'first-passwords.txt'), 'utf8'))
    await settle(this.url, 'sysadmin', oneTime, this.password)
    const sysadmin = await this.as('sysadmin')
    for (const { name, person, role } of this.accounts) {
      const { one_time_password } = await sysadmin.command('/accounts', { name, person, roles: [role] })
      await settle(this.url, name, one_time_password, this.password)
    }
  }

  /** The one session of an account that the story shares. */
  as(name) {
    if (!this.sessions.has(name)) this.sessions.set(name, Client.signIn(this.url, name, this.password))
    return this.sessions.get(name)
  }

  /** Resident memory in MB: of the process, and what is its own where pages that processes share are shared out. */
  memory() {
    const of = (file, key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${this.process.pid}/${file}`, 'utf8'))[1]) / 1024
    return { resident: of('status', 'VmRSS'), shared: of('smaps_rollup', 'Pss') }
  }

  async stop() {
    this.line?.close()
    await this.process?.stop()
  }

  /** After it was stopped: how many facts it has, once its journal was proved, and how often it refused something of a neighbour. */
  async verify() {
    const { facts, sound } = JSON.parse((await done('verify', '--json', this.folder)).out)
    const known = JSON.parse((await done('nodes', '--json', ...this.settings)).out)
    return { facts, sound, refused: known.reduce((all, { refused }) => all + refused, 0) }
  }
}
