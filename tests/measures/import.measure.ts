import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { record } from '../support/measures.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { startProduction } from '../support/production.ts'

const ROOT = path.dirname(path.dirname(import.meta.dirname))
const FILE = path.join(path.dirname(ROOT), 'shared/data/cases_by_province_daily.csv')
const DELTA = { from: '2021-04-01', to: '2021-07-19', cases: 386_307 } as const
const run = promisify(execFile)

/** The wave's days out of the whole file, in a file of their own. */
async function deltaFile(): Promise<string> {
  const [header, ...lines] = (await readFile(FILE, 'utf8')).split('\n').filter((line) => !line.startsWith('#'))
  const days = lines.filter((line) => line.slice(0, 10) >= DELTA.from && line.slice(0, 10) <= DELTA.to)
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'jitasa-delta-')), 'delta.csv')
  await writeFile(file, [header, ...days, ''].join('\n'))
  return file
}

describe.skipIf(!existsSync(FILE))('the Delta wave of 2021 (shared/data)', () => {
  let database: TestDatabase
  const cli = (script: string, ...args: string[]) =>
    run(process.execPath, [path.join(ROOT, script), ...args], {
      env: { ...process.env, DATABASE_URL: database.url, HUB_DATABASE_URL: database.hubUrl },
    })

  beforeAll(async () => {
    await buildDashboard(ROOT)
    database = await createTestDatabase()
  })

  afterAll(() => database.drop())

  it('import', async () => {
    const file = await deltaFile()
    const began = Date.now()
    await cli('db/import/main.ts', 'cases', file)
    const seconds = (Date.now() - began) / 1000
    const { rows } = await database.pool.query<{ n: number }>(
      `select count(*)::int as n from cases where report_day between $1 and $2`,
      [DELTA.from, DELTA.to],
    )
    expect(rows[0]?.n).toBe(DELTA.cases)
    await record({
      name: 'import of the Delta days',
      value: seconds,
      unit: 's',
      goal: '< 60 s',
      met: seconds < 60,
      how: `npm run import of ${DELTA.cases} cases in 110 days, from the start of the command to its end`,
    })
  })

  it('a hub that starts on them', async () => {
    const began = Date.now()
    const hub = await startProduction(database)
    try {
      for (;;) {
        if ((await fetch(`${hub.url}/readyz`)).ok) break
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      const seconds = (Date.now() - began) / 1000
      const { stdout } = await cli('db/verify/main.ts', hub.url)
      expect(stdout).toMatch(/: 0 differences/)
      const cells = Number(/^([\d,]+) cells/m.exec(stdout)?.[1]?.replaceAll(',', ''))
      await record(
        {
          name: 'start on the Delta days until ready',
          value: seconds,
          unit: 's',
          goal: '< 3 s',
          met: seconds < 3,
          how: 'from the start of the process until /readyz answers 200',
        },
        {
          name: 'cells of a hub on the Delta days that differ from SQL',
          value: 0,
          unit: 'cells',
          goal: '0',
          met: true,
          how: `npm run verify compared ${cells} cells with SQL at one position`,
        },
      )
    } finally {
      await hub.kill('SIGTERM')
    }
  })
})
