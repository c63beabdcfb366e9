// The line between two nodes of this machine, which can be cut.
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import assert from 'node:assert/strict'

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  await new Promise((closed) => server.close(closed))
  return port
}

export async function lineTo(port) {
  const open = new Set()
  let carries = true
  const line = createServer((near) => {
    if (!carries) return near.destroy()
    const far = connect(port, '127.0.0.1')
    for (const [from, to] of [[near, far], [far, near]]) {
      open.add(from)
      from.on('data', (bytes) => to.write(bytes)).on('error', () => {}).on('close', () => open.delete(from) && to.destroy())
    }
  }).listen(0, '127.0.0.1')
  await once(line, 'listening')
  const cut = () => {
    carries = false
    for (const end of open) end.destroy()
  }
  return { port: line.address().port, cut, heal: () => (carries = true), close: () => (cut(), line.close()) }
}

export async function until(what, longest = 60_000) {
  for (const end = Date.now() + longest; ; await pause(100)) {
    const value = await what()
    if (value) return value
    assert.ok(Date.now() < end, `${what} did not become true`)
  }
}
