import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { CLOSE } from './close.ts'

const ROOT = path.join(import.meta.dirname, '../../..')
const FOLDERS = ['hub', 'dashboard/src', 'tests']
const RULE = /\[([CSDFPG]\d+)\]/g

const rulesOf = (text: string): string[] => [...text.matchAll(RULE)].map((match) => match[1] ?? '')

test('every rule of PROTOCOL.md stands in the title of a test, and no title names a rule that is not there', () => {
  const written = rulesOf(readFileSync(path.join(import.meta.dirname, 'PROTOCOL.md'), 'utf8'))
  const held = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.test\.tsx?$/.test(file))
      .flatMap((file) => readFileSync(path.join(ROOT, folder, file), 'utf8').match(/\b(?:it|test)\('.*$/gm) ?? [])
      .flatMap(rulesOf),
  )
  expect(new Set(written).size).toBe(written.length)
  expect([...new Set(held)].sort()).toEqual([...written].sort())
})

test('[C7] the table of codes is that of the code, and the hub sends each of them', () => {
  const text = readFileSync(path.join(import.meta.dirname, 'PROTOCOL.md'), 'utf8')
  const table = [...text.matchAll(/^\| (\d{4}) \|/gm)].map((match) => Number(match[1]))
  expect(table).toEqual(Object.values(CLOSE).map(({ code }) => code))
  const folder = path.join(ROOT, 'hub/fanout')
  const hub = readdirSync(folder)
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n')
  for (const name of Object.keys(CLOSE)) expect(hub).toMatch(new RegExp(`close(?:\\(|: )(?:session, )?'${name}'`))
})
