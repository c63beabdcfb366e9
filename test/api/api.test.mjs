// The interface of one node, asked by many. Each part says for itself what it is about.
import { after, before, describe } from 'node:test'
import { startNode } from './node.mjs'
import abuse from './cases/abuse.mjs'
import administrators, { reading, retiring } from './cases/administrators.mjs'
import positions from './cases/after.mjs'
import candidates from './cases/candidates.mjs'
import description, { answers, pages } from './cases/description.mjs'
import feed from './cases/feed.mjs'
import handover from './cases/handover.mjs'
import hostile from './cases/hostile.mjs'
import informant from './cases/informant.mjs'
import refusals from './cases/refusals.mjs'
import repeats from './cases/repeats.mjs'
import rules from './cases/rules.mjs'
import scope from './cases/scope.mjs'
import sessions, { passwords } from './cases/sessions.mjs'
import alerts from './cases/alerts.mjs'
import warnings from './cases/warnings.mjs'
import wire from './cases/wire.mjs'

const here = {}
before(async () => Object.assign(here, await startNode()))
after(() => here.stop?.())

const parts = { description, answers, pages, wire, refusals, handover, hostile, rules, repeats, candidates, alerts, warnings, positions, feed, scope, informant, sessions, passwords, administrators, reading, retiring, abuse }
for (const [name, part] of Object.entries(parts)) describe(name, () => part(here))
