// Whether a page can be used by everybody: the rules of WCAG 2.1 level A and AA that a machine can check.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { kRoot } from './console.mjs'

const kAxe = readFileSync(createRequire(`${kRoot}/console/package.json`).resolve('axe-core/axe.min.js'), 'utf8')
const kTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/** One line for each element that breaks a rule, and how many rules were looked at. */
export async function barriers(page) {
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running')) // half faded in has no contrast
  await page.evaluate(kAxe)
  const found = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), kTags)
  const broken = found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id} ${node.target.join(' ')}: ${node.failureSummary}`))
  return { broken, passed: found.passes.length }
}
