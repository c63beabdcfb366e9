// The demo city where a red warning presses: one of each place is called, and has one minute.
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kRoot } from './console.mjs'

/** A folder for ANLAN_SHARE; who asks for it removes it. */
export function shareOfHaste() {
  const share = mkdtempSync(join(tmpdir(), 'anlan-share-'))
  cpSync(join(kRoot, 'data'), join(share, 'data'), { recursive: true })
  mkdirSync(join(share, 'console'))
  symlinkSync(join(kRoot, 'console/dist'), join(share, 'console/dist'))
  const file = join(share, 'data/rules/warnings.toml')
  const rules = readFileSync(file, 'utf8')
  const hasty = rules
    .replace(/(id = "demo-call-red"[\s\S]*?\nroles = ).*/, (_, before) => `${before}["信息报告员"]`)
    .replace(/(id = "demo-call-red"[\s\S]*?\nlimit_min = ).*/, (_, before) => `${before}1`)
  assert.notEqual(hasty, rules)
  writeFileSync(file, hasty)
  return share
}
