// What a shell is told: exit codes, help and mistakes in both languages, configuration by file, line and key.
import { after, describe, test } from 'node:test'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import assert from 'node:assert/strict'
import { kRoot, run, scratch } from './program.mjs'

const at = scratch(after)
const kOk = 0, kFailure = 1, kUsage = 2, kConfiguration = 3
const kHan = /\p{Script=Han}/u
const kCommands = ['serve', 'demo', 'check', 'verify', 'rebuild', 'backup', 'restore', 'copy', 'import', 'import roads', 'invite', 'revoke', 'place', 'carry out', 'user', 'user list', 'user add', 'user reset-password', 'user unlock', 'cap', 'cap check', 'cap show', 'cap sign', 'version']

describe('exit codes', () => {
  const kEach = {
    'success': [['version'], kOk],
    'help': [['--help'], kOk],
    'a folder that is no node': [['verify', at('nowhere')], kFailure],
    'no subcommand': [[], kUsage],
    'a subcommand that is none': [['fly'], kUsage],
    'a part of a subcommand': [['user'], kUsage],
    'an option that is none': [['verify', '--fast', at('nowhere')], kUsage],
    'a missing argument': [['backup', at('nowhere')], kUsage],
    'an argument too many': [['verify', at('a'), at('b')], kUsage],
    'an option without its value': [['serve', '--port'], kUsage],
    'a value out of its range': [['demo', '--speed', '0'], kUsage],
    'a value that is no number': [['demo', '--speed', 'fast'], kUsage],
    'a language that is none': [['--lang', 'fr'], kUsage],
    'a language that is none, for help': [['--lang=fr', '--help'], kUsage],
    'a role that is none': [['user', 'add', 'x', '--person', 'p', '--role', 'boss'], kUsage],
    'a setting that is no pair': [['serve', '--set', 'http.port'], kUsage],
    'a key that is none': [['serve', '--set', 'http.prot=1'], kConfiguration],
    'a port that is none': [['serve', '--port', '70000'], kConfiguration],
    'a file that is not there': [['check', '--config', at('none.toml')], kConfiguration],
    'a share that is not there': [['check', '--share', at('none')], kConfiguration],
  }
  for (const [name, [words, code]] of Object.entries(kEach))
    test(`${code} for ${name}`, async () => {
      const ran = await run(words)
      assert.equal(ran.code, code, ran.out + ran.err)
      if (code === kUsage) assert.match(ran.err, /^Usage: .+\. To see how: anlan --help\n$/)
      if (code !== kOk && words[0] !== 'check') assert.equal(ran.out, '', 'what went wrong is told on standard error')
    })
})

describe('languages', () => {
  test('Chinese is spoken where nothing is said, English where LANG or --lang says so', async () => {
    const about = (words, env) => run([...words, '--help'], { env: { LANG: '', ...env } })
    assert.match((await about([])).out, /^安澜/)
    assert.match((await about([], { LANG: 'en_GB.UTF-8' })).out, /^Anlan,/)
    assert.match((await about([], { LANG: 'en_GB.UTF-8', LC_ALL: 'zh_CN.UTF-8' })).out, /^安澜/)
    assert.match((await about(['--lang', 'en'])).out, /^Anlan,/)
    assert.match((await about(['--lang=zh-CN'], { LANG: 'en_GB.UTF-8' })).out, /^安澜/)
  })

  for (const command of kCommands)
    test(`${command} has help in both`, async () => {
      const words = command.split(' ')
      const english = await run([...words, '--help'])
      const chinese = await run([...words, '--help'], { env: { LANG: 'zh_CN.UTF-8' } })
      assert.equal(english.code, kOk)
      assert.equal(chinese.code, kOk)
      assert.doesNotMatch(english.out, kHan)
      assert.match(english.out, new RegExp(`Usage: anlan ${command}`))
      for (const line of chinese.out.split('\n').filter((one) => /^ {2}--?\w/.test(one))) assert.match(line, kHan)
      assert.match(chinese.out.split('\n')[0], kHan)
      assert.doesNotMatch(chinese.out, /Positionals|TEXT|FLOAT|:\{/)
      assert.doesNotMatch(english.out + chinese.out, /\bcli\.\w|\{\w+\}/, 'a text is missing')
    })

  test('misuse is told in the language asked for, with what it is about', async () => {
    const kCases = [
      [[], /缺少子命令/, /a subcommand is missing/],
      [['verify'], /缺少 DIR/, /DIR is missing/],
      [['verify', 'a', '--fast'], /不认识 --fast/, /--fast is not known/],
      [['demo', '--speed', 'fast'], /--speed.*：值不对/, /the value of --speed.* is wrong/],
      [['demo', '--speed', '0'], /--speed：值不对/, /the value of --speed is wrong/],
      [['serve', '--port'], /--port：值的个数不对/, /--port has another number of values/],
    ]
    for (const [words, chinese, english] of kCases) {
      assert.match((await run(['--lang', 'zh-CN', ...words])).err, chinese)
      const told = (await run(words)).err
      assert.match(told, english)
      assert.doesNotMatch(told, kHan)
    }
  })
})

test('a language that is none is named in that of the environment', async () => {
  for (const words of [['--lang', 'fr', 'version'], ['version', '--lang=fr'], ['--lang', 'english', 'help']]) {
    assert.match((await run(words)).err, /^Usage: --lang: there is no language “(fr|english)”, only zh-CN and en\. /)
    assert.match((await run(words, { env: { LANG: 'zh_CN.UTF-8' } })).err, /^用法错误：--lang：没有语言“(fr|english)”，可用：zh-CN、en。/)
  }
})

describe('a word that is none', () => {
  const kCases = {
    'nonsense': [['nonsense'], 'nonsense is not known', '不认识 nonsense'],
    'help nonsense': [['help', 'nonsense'], 'nonsense is not known', '不认识 nonsense'],
    'serv': [['serv', '--port', '0'], 'serv is not known (nearest: serve)', '不认识 serv（相近的有：serve）'],
    'user lst': [['user', 'lst'], 'lst is not known (nearest: list)', '不认识 lst（相近的有：list）'],
    'help cap chek': [['help', 'cap', 'chek'], 'chek is not known (nearest: check)', '不认识 chek（相近的有：check）'],
  }
  for (const [name, [words, english, chinese]] of Object.entries(kCases))
    test(`"${name}" is named, with the nearest where one is near`, async () => {
      const ran = await run(words)
      assert.deepEqual([ran.code, ran.out, ran.err], [kUsage, '', `Usage: ${english}. To see how: anlan --help\n`])
      assert.equal((await run([...words, '--lang', 'zh-CN'])).err, `用法错误：${chinese}。查看用法：anlan --help\n`)
    })

  test('help of a command is what --help says', async () => {
    for (const words of [[], ['verify'], ['user'], ['user', 'add']])
      assert.equal((await run(['help', ...words])).out.trim(), (await run([...words, '--help'])).out.trim(), words.join(' '))
  })
})

describe('configuration', () => {
  const file = (text) => {
    writeFileSync(at('anlan.toml'), text)
    return ['--config', at('anlan.toml')]
  }

  test('what is wrong is named by file, line and key, in the order of the file', async () => {
    const given = file('data = "x"\n[http]\nport = 70000\nadress = "::"\nthreads = "2"\n[colours]\nred = 1\n')
    const ran = await run(['check', ...given])
    assert.equal(ran.code, kConfiguration)
    const lines = ran.out.trim().split('\n').map((line) => line.replace(at('anlan.toml'), 'F'))
    assert.deepEqual(lines, [
      'F:3: http.port: must be from 0 to 65535',
      'F:4: http.adress: there is no such key; check its spelling',
      'F:5: http.threads: must be an integer',
      'F:6: colours: there is no such key; check its spelling',
      'Mistakes found: 4',
    ])
    for (const line of (await run(['check', '--lang', 'zh-CN', ...given])).out.trim().split('\n')) assert.match(line, kHan)
    const served = await run(['serve', ...given])
    assert.equal(served.code, kConfiguration)
    assert.match(served.err, /:3: http\.port: must be from 0 to 65535/)
  })

  test('a channel for drills that would ring real telephones keeps a node from starting', async () => {
    writeFileSync(at('secret'), 'secret08\n')
    const channel = (name, account, drill) =>
      `[[channel]]\nname = "${name}"\nprotocol = "smpp"\ndrill = ${drill}\nhost = "127.0.0.1"\naccount = "${account}"\nsecret_file = "${at('secret')}"\nnumber = "10690001"\n`
    const mixed = file(channel('line', 'anlan', false) + channel('practice', 'anlan', true))
    const ran = await run(['check', ...mixed])
    assert.equal(ran.code, kConfiguration, ran.out + ran.err)
    assert.match(ran.out, /channel\.practice\.account: a channel for drills has the gateway, address or secret of “line”/)
    assert.match((await run(['check', '--lang', 'zh-CN', ...mixed])).out, /channel\.practice\.account: 演练渠道与真实渠道“line”/)
    const served = await run(['serve', ...mixed, '--data', at('mixed'), '--port', '0'])
    assert.notEqual(served.code, kOk)
    assert.match(served.err, /channel\.practice\.account/)
    const apart = await run(['check', ...file(channel('line', 'anlan', false) + channel('practice', 'anlan-drill', true))])
    assert.doesNotMatch(apart.out + apart.err, /channel\./)
  })

  test('nothing is made of a node that could not listen', async () => {
    const data = at('unheard')
    const kPem = join(kRoot, 'deploy/anlan.toml')
    const kCases = [
      [['--address', 'foo'], /^--address: “foo” is no IP address/m, /^--address: “foo”不是 IP 地址/m],
      [['--address', '203.0.113.7'], /^--address: this machine has no address “203\.0\.113\.7”$/m, /不是本机的地址/],
      [['--set', `http.certificate=${kPem}`, `http.key=${kPem}`], /http\.certificate: the file “.*” is no usable PEM certificate/, /不是可用的 PEM 证书/],
      [['--set', `http.certificate=${at('none.pem')}`, `http.key=${kPem}`], /http\.certificate: the file “.*” is not there/, /不存在/],
      [file('[http]\nport = 1\naddress = "999.1.1.1"\n'), /anlan\.toml:3: http\.address: “999\.1\.1\.1” is no IP address/, /不是 IP 地址/],
    ]
    for (const [words, ...told] of kCases)
      for (const command of ['serve', 'demo'])
        for (const [i, language] of ['en', 'zh-CN'].entries()) {
          const ran = await run([command, ...words, '--data', data, '--lang', language])
          assert.equal(ran.code, kConfiguration, ran.out + ran.err)
          assert.match(ran.err, told[i])
          assert.ok(!existsSync(data))
        }
    assert.match((await run(['check', '--config', at('anlan.toml')])).out, /anlan\.toml:3: http\.address: /)
  })

  test('what was typed is named as it was typed, and told how it should be', async () => {
    const kCases = [
      [['check', '--set', 'http.port'], 'err', /--set: write “http\.port” as KEY=VALUE/, /--set：“http\.port”应写作 键=值/],
      [['check', '--set', 'http.prot=1'], 'out', /^--set: http\.prot: there is no such key/m, /^--set: http\.prot: 没有这个设置项/m],
      [['check', '--port', 'x'], 'err', /--port/, /--port/],
      [['check', '--config', kRoot], 'out', /: this is a folder; name a file in it$/m, /: 这是文件夹，请写出其中的文件$/m],
      [['check', '--share', at('none')], 'err', /^.+none\/data\/text: unreadable \(--share, ANLAN_SHARE\)$/m, /\(--share, ANLAN_SHARE\)/],
    ]
    for (const [words, stream, ...told] of kCases)
      for (const [i, language] of ['en', 'zh-CN'].entries()) assert.match((await run([...words, '--lang', language]))[stream], told[i])
  })

  test('a file that is no TOML is named with its line', async () => {
    const ran = await run(['check', ...file('data = "x"\n[http\nport = 1\n')])
    assert.equal(ran.code, kConfiguration)
    assert.match(ran.out, /anlan\.toml:2: no valid TOML at column \d+: /)
    const chinese = await run(['check', '--lang', 'zh-CN', '--config', at('anlan.toml')])
    assert.match(chinese.out.split('\n')[0], /anlan\.toml:2: 第 \d+ 列处不是有效的 TOML：[^a-z]+$/)
  })

  test('a variable of a wrong type is named by its name and key', async () => {
    for (const [name, value, key] of [['ANLAN_HTTP_PORT', 'abc', 'http.port'], ['ANLAN_NODE_DEMO', 'maybe', 'node.demo'], ['ANLAN_SESSION_IDLE_MINUTES', '0', 'session.idle_minutes']])
      for (const command of ['check', 'serve']) {
        const ran = await run([command], { env: { [name]: value } })
        assert.equal(ran.code, kConfiguration)
        assert.ok((ran.out + ran.err).includes(`${name}: ${key}: `), ran.out + ran.err)
      }
  })

  test('an option of a wrong type is named as it was given', async () => {
    for (const [value, english, chinese] of [['abc', 'must be an integer', '应为整数'], ['70000', 'must be from 0 to 65535', '应在 0 到 65535 之间']])
      for (const [language, words] of [['en', english], ['zh-CN', chinese]]) {
        const ran = await run(['serve', '--port', value, '--lang', language])
        assert.equal(ran.code, kConfiguration)
        assert.deepEqual(ran.err.trim().split('\n').slice(1), [`--port: ${words}`])
      }
  })

  test('the line goes before the environment, and that before the file', async () => {
    const given = file('[http]\nport = 99999\n')
    assert.equal((await run(['check', ...given])).code, kConfiguration)
    assert.equal((await run(['check', '--config', at('anlan.toml')], { env: { ANLAN_HTTP_PORT: 'x' } })).code, kConfiguration)
    writeFileSync(at('anlan.toml'), '[http]\nport = 1\n')
    assert.equal((await run(['check', ...given], { env: { ANLAN_HTTP_PORT: '2' } })).code, kOk)
    const over = await run(['check', ...given, '--set', 'http.port=x'], { env: { ANLAN_HTTP_PORT: '2' } })
    assert.match(over.out, /http\.port: must be an integer/)
  })

  test('check as JSON says the same to a program', async () => {
    const sound = JSON.parse((await run(['check', '--json'])).out)
    assert.deepEqual(sound, { sound: true, mistakes: [] })
    const ran = await run(['check', '--json', ...file('[http]\nport = "x"\n')])
    assert.equal(ran.code, kConfiguration)
    assert.deepEqual(JSON.parse(ran.out), {
      sound: false,
      mistakes: [{ file: at('anlan.toml'), line: 2, key: 'http.port', code: 'not_integer', text: 'must be an integer' }],
    })
  })
})

test('the version is told to a person and to a program', async () => {
  const { out } = await run(['version'])
  assert.match(out, /^anlan \d+\.\d+\.\d+\n$/)
  assert.deepEqual(JSON.parse((await run(['version', '--json'])).out), { version: out.trim().split(' ')[1] })
})
