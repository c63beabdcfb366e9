// demo [--once] [--small] [--english] [--speed FACTOR] [--port PORT] [--data FOLDER]: a city, three counties and six towns
// of the demo city, each a node of its own on this machine, a page on 127.0.0.1 to cut and heal their lines, and an
// incident that goes from a town to the city while two lines are cut. --once leaves after it; the exit code tells
// whether all went as it should. --small: one city, one county, one town. --port 0: free ports everywhere.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { setTimeout as pause } from 'node:timers/promises'
import { Node } from './nodes.mjs'
import { Page } from './page.mjs'
import { Player, stepsFor } from './story.mjs'

const kLength = 60_000 // of the whole story at speed 1, ms
const kFirstAddress = 11 // of the nodes: 127.0.0.11 and so on
const read = (name) => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'))
const texts = read('text.json')

const kOptions = {
  once: { type: 'boolean' }, small: { type: 'boolean' }, english: { type: 'boolean' }, speed: { type: 'string', default: '1' },
  port: { type: 'string', default: '8400' }, data: { type: 'string' },
}

function optionsOf() {
  try {
    const { values } = parseArgs({ options: kOptions })
    const [speed, port] = [Number(values.speed), Number(values.port)]
    if (speed > 0 && Number.isInteger(port) && port >= 0 && port < 65_536) return { ...values, speed, port }
  } catch {
    // An option that there is not is told as one with a wrong value is.
  }
  console.error(`${texts.usage.zh}\n${texts.usage.en}`)
  process.exit(2)
}

const options = optionsOf()
const language = options.english ? 'en' : 'zh'
const say = (key, values = {}) => console.log(texts[key][language].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole))

class Demo {
  nodes = new Map()
  stopping = false

  constructor(folder) {
    this.folder = folder
    const city = read('city.json')
    this.described = city.nodes.filter(({ id }) => !options.small || city.small.includes(id))
    this.password = city.password
    this.story = read('story.json')
    for (const [i, one] of this.described.entries()) {
      const given = { folder, address: `127.0.0.${kFirstAddress + i}`, port: options.port, password: city.password }
      this.nodes.set(one.id, new Node(one, given))
    }
  }

  async start() {
    say('starting', { nodes: this.nodes.size })
    const began = Date.now()
    const all = [...this.nodes.values()], city = all[0]
    const under = (parent) => all.filter((node) => node.parent === parent.id)
    await city.found()
    this.tellStarted(city)
    await city.release(all)
    await this.joinAll(city, under)
    say('ready', { seconds: ((Date.now() - began) / 1000).toFixed(1) })
    const memory = all.map((node) => node.memory())
    const resident = memory.map((one) => one.resident)
    const shared = memory.reduce((sum, one) => sum + one.shared, 0)
    say('memory', { nodes: all.length, shared: shared.toFixed(0), least: Math.min(...resident).toFixed(0), most: Math.max(...resident).toFixed(0) })
  }

  async joinAll(parent, under) {
    const join = async (node) => {
      await node.join(parent)
      this.tellStarted(node)
      await this.joinAll(node, under)
    }
    await Promise.all(under(parent).map(join))
  }

  tellStarted(node) {
    say('started', { name: node[language], url: node.url })
  }

  introduce() {
    say('accounts', { password: this.password })
    for (const node of this.nodes.values()) console.log(`  ${node[language]}  ${node.url}  ${node.accounts.map(({ name }) => name).join('  ')}`)
  }

  /** Who acts, for the reader. */
  async who(step, inLanguage) {
    if (step.expect) return texts.seen[inLanguage]
    if (step.cut || step.heal) return texts.line[inLanguage]
    const { session } = await this.nodes.get(step.node).as(step.actor)
    return `${this.nodes.get(step.node)[inLanguage]} ${session.person.name}`
  }

  async tell() {
    const steps = stepsFor(this.story, this.nodes), player = new Player(this.nodes)
    say('story', { title: this.story.title[language] })
    for (const [i, step] of steps.entries()) {
      if (this.stopping) return say('stopped')
      const who = { zh: await this.who(step, 'zh'), en: await this.who(step, 'en') }
      say('step', { done: i + 1, total: steps.length, who: who[language], what: step[language] })
      try {
        await player.play(step)
      } catch (error) {
        this.page.told({ who, zh: step.zh, en: step.en, failed: error.message })
        throw new Error(texts.failed[language].replace('{done}', i + 1).replace('{what}', error.message))
      }
      this.page.told({ done: i + 1, total: steps.length, who, zh: step.zh, en: step.en, nodes: [step.node, ...(step.expect ?? []).map(({ node }) => node)].filter(Boolean) })
      if (!options.once) await pause(kLength / steps.length / options.speed)
    }
    say('played')
  }

  /** Stops all and proves what they wrote. */
  async verify() {
    await Promise.all([...this.nodes.values()].map((node) => node.stop()))
    let well = true
    for (const node of this.nodes.values()) {
      const found = await node.verify()
      const sound = found.sound && found.refused === 0
      say(sound ? 'verified' : 'unsound', { name: node[language], ...found })
      well &&= sound
    }
    return well
  }

  async stop() {
    this.page?.close()
    await Promise.all([...this.nodes.values()].map((node) => node.stop()))
  }
}

function folderOf() {
  if (!options.data) return mkdtempSync(join(tmpdir(), 'anlan-levels-'))
  const folder = resolve(options.data)
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    say('taken', { folder })
    process.exit(2)
  }
  mkdirSync(folder, { recursive: true })
  return folder
}

const folder = folderOf(), demo = new Demo(folder)
const asked = new Promise((stop) => ['SIGINT', 'SIGTERM'].forEach((name) => process.on(name, () => stop((demo.stopping = true)))))
let well = true
try {
  demo.page = await Page.open(demo, options.port)
  say('open', { url: demo.page.url })
  await demo.start()
  demo.introduce()
  await demo.tell()
  demo.page.free()
  if (!options.once && !demo.stopping) {
    say('serving', { url: demo.page.url })
    await asked
  }
  if (options.once) well = await demo.verify()
} catch (error) {
  console.error(error.message)
  for (const node of demo.nodes.values()) if (node.process) console.error(`== ${node.id}\n${node.process.said.trim()}`)
  well = false
} finally {
  await demo.stop()
  if (options.data) say('kept', { folder })
  else rmSync(folder, { recursive: true, force: true })
}
process.exit(well ? 0 : 1)
