import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const ROOT = path.dirname(path.dirname(import.meta.dirname))
const FOLDERS = ['hub', 'dashboard/src', 'tests']
const RULE = /\[([CSDF]\d+)\]/g

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
