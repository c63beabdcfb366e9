// Tells a story of several nodes through their interfaces, as consoles would: commands, lines cut and healed, and what
// each node must show by then.
import { isDeepStrictEqual } from 'node:util'
import { setTimeout as pause } from 'node:timers/promises'

const kLongestWait = 30_000, kOften = 50
// What must not be there is looked at once more after so long.
const kSilence = 500

/** `text` with each {name} replaced by what was made under that name. */
const filled = (text, made) => text.replace(/\{(\w+)\}/g, (whole, name) => made.get(name) ?? whole)

function valueOf(value, made, call) {
  if (typeof value === 'string') return filled(value, made)
  if (Array.isArray(value)) return value.map((one) => valueOf(one, made, call))
  if (value === null || typeof value !== 'object') return value
  const moment = (minutes) => new Date(call + minutes * 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
  const member = ([key, one]) => (key.endsWith('_minute') ? [key.replace(/_minute$/, '_at'), moment(one)] : [key, valueOf(one, made, call)])
  return Object.fromEntries(Object.entries(value).map(member))
}

/** The steps that can be played with these nodes alone: nothing is done with, and nothing expected of, what nobody makes. */
export function stepsFor(story, nodes) {
  const makes = new Set(story.steps.filter(({ node }) => nodes.has(node)).map((step) => step.as))
  const isPlayable = ({ node, post, get }) => nodes.has(node) && [...(post ?? get).matchAll(/\{(\w+)\}/g)].every(([, name]) => makes.has(name))
  const kept = ({ cut, heal, expect, ...step }) => ({
    ...step,
    ...(cut && { cut: cut.filter((id) => nodes.has(id)) }),
    ...(heal && { heal: heal.filter((id) => nodes.has(id)) }),
    ...(expect && { expect: expect.filter(isPlayable) }),
  })
  return story.steps.map(kept).filter((step) => (step.post ? isPlayable(step) : (step.cut ?? step.heal ?? step.expect).length > 0))
}

export class Player {
  made = new Map()

  constructor(nodes) {
    this.nodes = nodes
    for (const [id, { organisation }] of nodes) this.made.set(`office_of_${id}`, organisation)
  }

  async play(step) {
    for (const id of step.cut ?? []) this.nodes.get(id).line.cut()
    for (const id of step.heal ?? []) this.nodes.get(id).line.heal()
    for (const wanted of step.expect ?? []) await this.look(wanted)
    if (!step.post) return
    const client = await this.nodes.get(step.node).as(step.actor)
    const answer = await client.command(filled(step.post, this.made), valueOf(step.body, this.made, Date.now()))
    if (step.as) this.made.set(step.as, answer.id)
  }

  /** Waits until it is so; what must not be known must stay unknown for a while. */
  async look(wanted) {
    const client = await this.nodes.get(wanted.node).as(wanted.actor)
    const path = filled(wanted.get, this.made)
    const { status = 200, has = {} } = wanted
    if (status === 404) await pause(kSilence)
    let found
    for (const end = Date.now() + kLongestWait; Date.now() < end; await pause(kOften)) {
      const answer = await client.ask('GET', path)
      found = { status: answer.status, ...Object.fromEntries(Object.keys(has).map((at) => [at, at.split('.').reduce((value, key) => value?.[key], answer.json)])) }
      if (isDeepStrictEqual(found, { status, ...valueOf(has, this.made) })) return
      if (status === 404) break
    }
    throw new Error(`${wanted.node} ${path}: ${JSON.stringify(found)}, not ${JSON.stringify({ status, ...valueOf(has, this.made) })}`)
  }
}
