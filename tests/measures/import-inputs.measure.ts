import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { IMPORT_INPUTS, type ImportInput } from '../support/import-inputs.ts'
import { record } from '../support/measures.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

const ROOT = path.dirname(path.dirname(import.meta.dirname))
const FOUND = path.join(path.dirname(ROOT), 'shared/found/import')

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(path.join(tmpdir(), 'jitasa-inputs-'))
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

const run = (...args: readonly string[]): Promise<{ code: number; text: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: database.url }
    execFile(process.execPath, [path.join(ROOT, 'db/import/main.ts'), ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), text: stdout + stderr }),
    )
  })

/** @returns what was not as it should be; empty: all of it */
async function faults({ kind, file, after, options = [], code, says }: ImportInput): Promise<string[]> {
  await database.pool.query('truncate cases, vaccinations, imports, day_reports cascade')
  const input = path.join(folder, 'input.csv')
  if (after !== undefined) {
    await writeFile(input, after)
    await run(kind, input)
  }
  await writeFile(input, file)
  const dry = await run(kind, input, '--dry-run', ...options)
  const real = await run(kind, input, ...options)
  return [
    ...(dry.code === code && real.code === code ? [] : [`exit ${dry.code} and ${real.code}`]),
    ...says
      .filter((said) => (typeof said === 'string' ? !dry.text.includes(said) : !said.test(dry.text)))
      .map((said) => `not said: ${said}, but: ${dry.text}`),
  ]
}

it('each input is understood, or refused with the sentence that helps', { timeout: 600_000 }, async () => {
  const wrong: string[] = []
  for (const input of IMPORT_INPUTS) {
    const found = await faults(input)
    if (found.length > 0) wrong.push(`${input.id} ${input.name}: ${found.join('; ')}`)
  }
  const right = IMPORT_INPUTS.length - wrong.length
  await record({
    name: 'import inputs that say what is right',
    value: right,
    unit: `of ${IMPORT_INPUTS.length}`,
    goal: `${IMPORT_INPUTS.length}`,
    met: wrong.length === 0,
    how: 'npm run import of small files in the shapes people send (I1–I8), dry and for real: exit code and sentences',
  })
  expect(wrong).toEqual([])
})

describe.skipIf(!existsSync(FOUND))('the files of ../shared/found/import', () => {
  it('none says that an operation was aborted', { timeout: 600_000 }, async () => {
    await database.pool.query('truncate cases, vaccinations, imports, day_reports cascade')
    const files = await readdir(FOUND)
    let aborted = 0
    for (const file of files) {
      const kind = /doses/.test(file) ? 'vaccinations' : 'cases'
      const { text } = await run(kind, path.join(FOUND, file), '--dry-run')
      if (/aborted|import failed/.test(text)) aborted++
    }
    await record({
      name: 'import of the found files: sentences that hide the fault',
      value: aborted,
      unit: `of ${files.length}`,
      goal: '0',
      met: aborted === 0,
      how: 'npm run import --dry-run of each file of shared/found/import',
    })
    expect(aborted).toBe(0)
  })
})
