// Two network namespaces of this machine with one line between them, whose loss and rate are the kernel's: nftables drops
// what arrives, a token bucket holds back what leaves. Each can be reached from outside over a way of its own.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const kDevice = 'line'
const run = (file, words, input) => execFileSync(file, words, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] })
const ip = (...words) => run('ip', words)

/** What keeps this machine from making namespaces, in words; nothing where it can. */
export function obstacle() {
  if (process.getuid() !== 0) return 'namespaces of the network are root\'s to make: run this as root'
  for (const [file, word] of [['ip', '-V'], ['tc', '-V'], ['nft', '--version']])
    if (spawnSync(file, [word]).error) return `${file} is missing (tools/packages.txt, section storm)`
  const name = `anlan-look-${process.pid}`
  try {
    ip('netns', 'add', name)
    run('ip', ['netns', 'exec', name, 'nft', '-f', '-'], 'table inet look {\nchain look {\ntype filter hook input priority 0\nnumgen random mod 100 < 30 drop\n}\n}\n')
    ip('-n', name, 'link', 'add', 'look', 'type', 'veth', 'peer', 'name', 'other')
    run('tc', ['-n', name, 'qdisc', 'add', 'dev', 'look', 'root', 'tbf', 'rate', '2mbit', 'burst', '16kb', 'latency', '200ms'])
    return null
  } catch (error) {
    return `this machine makes no namespace with nftables and a token bucket: ${String(error.stderr ?? error.message).trim()}`
  } finally {
    spawnSync('ip', ['netns', 'del', name])
  }
}

/** One end of the line. `address`: on the line; `outside`: where this process reaches it. */
class End {
  constructor(name, number) {
    this.name = `anlan-${process.pid}-${name}`
    this.within = ['ip', 'netns', 'exec', this.name]
    this.address = `198.18.1.${number}`
    this.outside = `198.19.${number}.2`
    this.way = `an${process.pid % 1_000_000}${name[1]}`
    ip('netns', 'add', this.name)
    ip('-n', this.name, 'link', 'set', 'lo', 'up')
    ip('link', 'add', this.way, 'type', 'veth', 'peer', 'name', 'way', 'netns', this.name)
    ip('addr', 'add', `198.19.${number}.1/30`, 'dev', this.way)
    ip('link', 'set', this.way, 'up')
    ip('-n', this.name, 'addr', 'add', `${this.outside}/30`, 'dev', 'way')
    ip('-n', this.name, 'link', 'set', 'way', 'up')
  }

  open(rate) {
    ip('-n', this.name, 'addr', 'add', `${this.address}/24`, 'dev', kDevice)
    ip('-n', this.name, 'link', 'set', kDevice, 'up')
    run('tc', ['-n', this.name, 'qdisc', 'add', 'dev', kDevice, 'root', 'tbf', 'rate', rate, 'burst', '16kb', 'latency', '200ms'])
  }

  /** Loses so many of a hundred packets that arrive; 100: the line is cut. */
  lose(percent) {
    const chance = percent < 100 ? `numgen random mod 100 < ${percent}` : ''
    const rule = percent > 0 ? `iifname "${kDevice}" ${chance} counter drop` : ''
    const rules = ['table inet line', 'delete table inet line', 'table inet line {', 'chain in {', 'type filter hook input priority 0', rule, '}', '}', '']
    run('ip', [...this.within.slice(1), 'nft', '-f', '-'], rules.join('\n'))
  }

  control(name) {
    const [congestion, ...more] = name.split('+')
    const set = [`net.ipv4.tcp_congestion_control=${congestion}`, `net.ipv4.tcp_thin_linear_timeouts=${more.includes('thin') ? 1 : 0}`]
    if (existsSync('/proc/sys/net/ipv4/tcp_rto_max_ms')) set.push(`net.ipv4.tcp_rto_max_ms=${more.includes('capped') ? 1000 : 120_000}`)
    run('ip', [...this.within.slice(1), 'sysctl', '-qw', ...set])
  }

  /** Bytes that left on the line so far, with every header and every repetition. */
  sent() {
    return JSON.parse(ip('-j', '-s', '-n', this.name, 'link', 'show', 'dev', kDevice))[0].stats64.tx.bytes
  }

  close() {
    spawnSync('ip', ['link', 'del', this.way]) // a namespace goes when its last socket has gone, and its devices with it
    spawnSync('ip', ['netns', 'del', this.name])
  }
}

export class Line {
  constructor(rate) {
    this.city = new End('city', 1)
    this.county = new End('county', 2)
    this.ends = [this.city, this.county]
    ip('link', 'add', kDevice, 'netns', this.city.name, 'type', 'veth', 'peer', 'name', kDevice, 'netns', this.county.name)
    for (const end of this.ends) end.open(rate)
  }
  lose(percent) {
    for (const end of this.ends) end.lose(percent)
  }
  cut() {
    this.lose(100)
  }
  /** Of TCP, on both ends: cubic, bbr, reno, as far as the kernel has them; +thin: linear timeouts of thin streams; +capped: none over 1 s. */
  control(name) {
    for (const end of this.ends) end.control(name)
  }
  sent() {
    return this.ends.reduce((sum, end) => sum + end.sent(), 0)
  }
  close() {
    for (const end of this.ends) end.close()
  }
}
