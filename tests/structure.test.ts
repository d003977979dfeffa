import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { circlesOf, FOLDERS, importsOf, ROOT } from './support/structure.ts'

test('no file imports itself, by however many others', () => {
  const imports = importsOf(FOLDERS)
  expect(imports.size).toBeGreaterThan(400)
  expect(imports.get('hub/situation/board-rows.ts')).toContain('hub/situation/row-table.ts')
  expect(circlesOf(imports)).toEqual([])
})

test('what k6 reads reaches no pattern that its engine cannot compile: it would end before the first figure', () => {
  const imports = importsOf(FOLDERS)
  const reached = new Set(['loadtest/k6/reopening.ts'])
  for (const file of reached) for (const next of imports.get(file) ?? []) reached.add(next)
  expect(reached).toContain('hub/contract/live/rows.ts')
  const properties = [...reached].filter((file) =>
    /\\p\{(?:Join_Control|Variation_Selector)/.test(readFileSync(path.join(ROOT, file), 'utf8')),
  )
  expect(properties).toEqual([])
})

test('the search finds circles of two and of three files, and no other', () => {
  const imports = new Map([
    ['a', ['b', 'd']],
    ['b', ['c']],
    ['c', ['a']],
    ['d', ['e']],
    ['e', ['d', 'f']],
    ['f', []],
    ['g', ['a', 'f']],
  ])
  expect(circlesOf(imports)).toEqual([
    ['d', 'e'],
    ['a', 'b', 'c'],
  ])
})
