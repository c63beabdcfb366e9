// A gateway that speaks CMPP 3.0 (China Mobile Peer to Peer V3.0.0), written for tests from the document.
import { createHash } from 'node:crypto'
import { createServer } from 'node:net'
import { once } from 'node:events'

const kConnect = 1, kTerminate = 2, kSubmit = 4, kDeliver = 5, kActiveTest = 8, kAnswer = 0x80000000
const kVersion = 0x30, kSubmitHead = 12 + 129 // up to the number of receivers
const md5 = (...parts) => createHash('md5').update(Buffer.concat(parts)).digest()
const text = (value, size) => Buffer.from(value.padEnd(size, '\0'), 'latin1')
const number = (value) => { const four = Buffer.alloc(4); four.writeUInt32BE(value); return four }
const pdu = (command, sequence, ...body) => {
  const rest = Buffer.concat(body), head = Buffer.alloc(12)
  head.writeUInt32BE(12 + rest.length, 0)
  head.writeUInt32BE(command >>> 0, 4)
  head.writeUInt32BE(sequence, 8)
  return Buffer.concat([head, rest])
}

/** §8.4.3.1: what a submit holds, as far as tests look. */
function readSubmit(bytes) {
  const many = bytes[kSubmitHead - 1]
  const phone = bytes.toString('latin1', kSubmitHead, kSubmitHead + 32).replace(/\0.*$/s, '')
  const at = kSubmitHead + 32 * many + 1
  const content = bytes.subarray(at + 1, at + 1 + bytes[at])
  const [total, part, udhi] = [bytes[20], bytes[21], bytes[12 + 57]]
  const skip = udhi ? content[0] + 1 : 0
  return { phone, total, part, reference: udhi ? content[skip - 3] : 0, words: Buffer.from(content.subarray(skip)).swap16().toString('utf16le') }
}

/** A gateway on a port of its own; `result(phone)`: what it answers to a submit, 0 where it takes it. Whole texts by phone. */
export async function cmppGateway(secret, result = () => 0) {
  const self = { texts: new Map(), refused: [] }
  const parts = new Map()
  let ids = 0
  const keep = ({ phone, total, part, reference, words }) => {
    if (!self.texts.has(phone)) self.texts.set(phone, [])
    if (total === 1) return self.texts.get(phone).push(words)
    const key = `${phone}/${reference}`, of = parts.get(key) ?? new Map()
    parts.set(key, of.set(part, words))
    if (of.size < total) return
    self.texts.get(phone).push([...of].sort(([a], [b]) => a - b).map(([, one]) => one).join(''))
    parts.delete(key)
  }
  const answer = (socket, bytes) => {
    const command = bytes.readUInt32BE(4), sequence = bytes.readUInt32BE(8)
    if (command === kConnect) {
      const source = bytes.subarray(18, 34), status = number(0)
      socket.write(pdu(kAnswer + kConnect, sequence, status, md5(status, source, Buffer.from(secret)), Buffer.from([kVersion])))
    } else if (command === kSubmit) {
      const submit = readSubmit(bytes), verdict = result(submit.phone)
      const id = Buffer.alloc(8)
      id.writeUInt32BE(++ids, 4)
      socket.write(pdu(kAnswer + kSubmit, sequence, id, number(verdict)))
      if (verdict !== 0) return self.refused.push(submit.phone)
      keep(submit)
      const report = Buffer.concat([id, text('DELIVRD', 7), text('2611271200', 10), text('2611271201', 10), text(submit.phone, 32), number(ids)])
      socket.write(pdu(kDeliver, 1000 + ids, id, text('10690001', 21), text('', 10), Buffer.from([0, 0, 0]), text(submit.phone, 32),
        Buffer.from([0, 1, report.length]), report, text('', 20)))
    } else if (command === kActiveTest) {
      socket.write(pdu(kAnswer + kActiveTest, sequence, Buffer.from([0])))
    } else if (command === kTerminate) {
      socket.end(pdu(kAnswer + kTerminate, sequence))
    }
  }
  const sockets = new Set()
  const server = createServer((socket) => {
    sockets.add(socket)
    let waiting = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      waiting = Buffer.concat([waiting, bytes])
      while (waiting.length >= 12 && waiting.length >= waiting.readUInt32BE(0)) {
        const size = waiting.readUInt32BE(0)
        answer(socket, waiting.subarray(0, size))
        waiting = waiting.subarray(size)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(self, { port: server.address().port, close: () => { server.close(); for (const socket of sockets) socket.destroy() } })
}
