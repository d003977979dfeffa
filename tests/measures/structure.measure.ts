import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { record } from '../support/measures.ts'
import { circlesOf, FOLDERS, importsOf, listsThatStandTwice, ROOT } from '../support/structure.ts'

const CODE = { cwd: ROOT, exclude: ['**/*.test.*', '**/*.measure.*', '**/node_modules/**', '**/dist/**'] }
/** An answer of the hub that somebody says the type of: `requestJson<T>(…)`, `(await response.json()) as T`, `body as T`. */
const CAST = /\brequest(?:Json)?<|(?:\.json\(\)\)*|\bbody|\banswer) as [A-Z]\w*/g

const count = (name: string, value: number, how: string, goal?: number) =>
  record({ name, value, unit: '', how, ...(goal === undefined ? {} : { goal: `${goal}`, met: value === goal }) })

function forbiddenImports(): number {
  const biome = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome')
  const args = [biome, 'lint', '--only=style/noRestrictedImports', '--reporter=json', ...FOLDERS]
  const { summary } = JSON.parse(spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }).stdout) as {
    summary: { errors: number; unchanged: number }
  }
  expect(summary.unchanged).toBeGreaterThan(500)
  return summary.errors
}

test('the ground floor, as counts', async () => {
  const circles = circlesOf(importsOf(FOLDERS)).length
  const forbidden = forbiddenImports()
  const twice = (await listsThatStandTwice()).length
  const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
  const casts = globSync('dashboard/src/**/*.{ts,tsx}', CODE).flatMap((file) => read(file).match(CAST) ?? []).length
  const files = globSync('{hub,db,dashboard,loadtest}/**/*.{ts,tsx}', CODE)
  const lines = files.reduce((sum, file) => sum + read(file).split('\n').length - 1, 0)
  await count('circles of imports', circles, `components of more than one file in ${FOLDERS.join(', ')}`, 0)
  await count('imports across a border', forbidden, 'Biome, noRestrictedImports', 0)
  await count('lists of kinds that stand twice', twice, 'lists of hub/contract/vocabulary written once more', 0)
  await count('casts of answers in the dashboard', casts, 'of a body or an answer, by search', 0)
  await count('lines of code without tests', lines, `${files.length} files of hub, db, dashboard and loadtest`)
  expect({ circles, forbidden, twice }).toEqual({ circles: 0, forbidden: 0, twice: 0 })
})
