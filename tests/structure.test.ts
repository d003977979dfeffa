import { expect, test } from 'vitest'
import { circlesOf, FOLDERS, importsOf } from './support/structure.ts'

test('no file imports itself, by however many others', () => {
  const imports = importsOf(FOLDERS)
  expect(imports.size).toBeGreaterThan(400)
  expect(imports.get('hub/situation/board-rows.ts')).toContain('hub/situation/row-table.ts')
  expect(circlesOf(imports)).toEqual([])
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
