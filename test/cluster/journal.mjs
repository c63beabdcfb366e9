// What the journal of a PostgreSQL store says of what clients were told.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** psql on `url`, without blocking whoever else asks. */
export function database(url) {
  return async (text) => {
    const ran = promisify(execFile)('psql', ['-X', '-qAt', '-v', 'ON_ERROR_STOP=1', url], { encoding: 'utf8', maxBuffer: 1 << 28 })
    ran.child.stdin.end(text)
    return (await ran).stdout.trim()
  }
}

/** How many of the acknowledged (key → {version, position}) are lost, stand elsewhere, are there twice; and streams with a gap. */
export async function compare(psql, acknowledged) {
  const folder = mkdtempSync(join(tmpdir(), 'anlan-acknowledged-'))
  const file = join(folder, 'acknowledged')
  writeFileSync(file, [...acknowledged].map(([key, { version, position }]) => `${key}\t${version}\t${position}\n`).join(''))
  const [lost, elsewhere, twice, gaps] = (
    await psql(`
    CREATE TEMP TABLE acknowledged (key text, version bigint, position bigint);
    \\copy acknowledged FROM '${file}'
    SELECT (SELECT count(*) FROM acknowledged a WHERE NOT EXISTS (SELECT 1 FROM journal.fact f WHERE f.cause = a.key)),
      (SELECT count(*) FROM acknowledged a JOIN journal.fact f ON f.cause = a.key WHERE (f.version, f.position) <> (a.version, a.position)),
      (SELECT count(*) FROM (SELECT 1 FROM journal.fact f JOIN acknowledged a ON a.key = f.cause GROUP BY a.key HAVING count(*) > 1) t),
      (SELECT count(*) FROM (SELECT 1 FROM journal.fact GROUP BY stream HAVING max(version) <> count(*) OR min(version) <> 1) g)`)
  )
    .split('|')
    .map(Number)
  rmSync(folder, { recursive: true })
  return { lost, elsewhere, twice, gaps }
}

/** The schema of the views that were last used. */
const views = (psql) => psql('SELECT name FROM journal.view_edition ORDER BY used_at DESC LIMIT 1')

/** The last position that a console of `organisation` may be told of. */
export const lastTold = async (psql, organisation = 'wf-emergency') =>
  Number(await psql(`SELECT max(position) FROM ${await views(psql)}.audience WHERE organisation = '${organisation}'`))

/** Positions after `first` that a console of `organisation` must have been told of. */
export async function told(psql, first, organisation = 'wf-emergency') {
  const all = await psql(`SELECT position FROM ${await views(psql)}.audience WHERE organisation = '${organisation}' AND position > ${first} ORDER BY 1`)
  return all ? all.split('\n').map(Number) : []
}

/** The first place where a console was told of something else than there was, in words. */
export function compared(wanted, seen) {
  const at = wanted.findIndex((position, i) => position !== seen[i])
  if (at < 0 && wanted.length === seen.length) return `${wanted.length} facts, all in order`
  return `${seen.length} facts, after ${wanted[at - 1] ?? 'nothing'} fact ${seen[at] ?? 'none'}`
}
