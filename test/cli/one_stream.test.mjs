// Two processes, one stream (where ANLAN_TEST_POSTGRES names a server): the small form of `make onestream`.
import { after, test } from 'node:test'
import assert from 'node:assert/strict'
import { one_stream } from '../cluster/one_stream.mjs'
import { scratch } from './program.mjs'

const kServer = process.env.ANLAN_TEST_POSTGRES
const at = scratch(after)

test('versions without a gap, every conflict refused, no work of a lease but by its holder', { skip: !kServer && 'ANLAN_TEST_POSTGRES names no server' }, async () => {
  const { faults, figures } = await one_stream({ server: kServer, folder: at(''), commands: 600, clients: 16, pace: 50, pauses: 1, robberies: 1 })
  assert.deepEqual(faults, [])
  // What the play is for has happened.
  for (const what of ['conflicts', 'refused for good', 'repeated at the other process', 'keys used for something else, refused', 'duels won by one', 'words of the timers'])
    assert.ok(figures[what] > 0, what)
  assert.deepEqual([figures['stopped for longer than the lease'], figures['leases taken away']], [1, 1])
})
