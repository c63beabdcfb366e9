// A line between two nodes as a TCP proxy, which can be cut and healed while both stand.
import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/** A port of `address` that nobody listens on now. */
export async function freePort(address = '127.0.0.1') {
  const server = createServer().listen(0, address)
  await once(server, 'listening')
  const { port } = server.address()
  await new Promise((closed) => server.close(closed))
  return port
}

/** The line to `port` of `address`; who dials `line.port` on 127.0.0.1 is led there while it is not cut. */
export async function lineTo(port, address = '127.0.0.1') {
  const ends = new Set()
  const line = { carries: true, up: 0, down: 0, connections: 0 }
  const proxy = createServer((near) => {
    if (!line.carries) return near.destroy()
    const far = connect(port, address)
    ++line.connections
    near.on('close', () => --line.connections)
    for (const [from, to, way] of [[near, far, 'up'], [far, near, 'down']]) {
      ends.add(from)
      from.on('data', (bytes) => {
        line[way] += bytes.length
        to.write(bytes)
      })
      from.on('error', () => {}).on('close', () => ends.delete(from) && to.destroy())
    }
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  line.port = proxy.address().port
  line.cut = () => {
    line.carries = false
    for (const end of ends) end.destroy()
  }
  line.heal = () => (line.carries = true)
  line.close = () => {
    line.cut()
    proxy.close()
  }
  return line
}
