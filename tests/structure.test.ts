import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const ROOT = path.join(import.meta.dirname, '..')
const FOLDERS = ['hub', 'db', 'loadtest', 'dashboard']
const IMPORT = /^(?:import|export)\b[^'"`;]*?\bfrom\s+'(\.[^']+)'|^import\s+'(\.[^']+)'/gm

/** File → the files of the project that it imports, values and types alike. */
function importsOf(folders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: ROOT }))
  const known = new Set(files)
  return new Map(
    files.map((file) => {
      const found = [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(IMPORT)]
      const targets = found.map(([, from, bare]) => path.join(path.dirname(file), from ?? bare ?? ''))
      return [file, targets.filter((target) => known.has(target))]
    }),
  )
}

/** Tarjan's strongly connected components of more than one file: each is a circle of imports, or several. */
function circlesOf(imports: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const circles: string[][] = []
  const number = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const visit = (file: string): number => {
    const own = number.size
    let lowest = own
    number.set(file, own)
    stack.push(file)
    onStack.add(file)
    for (const target of imports.get(file) ?? []) {
      if (!number.has(target)) lowest = Math.min(lowest, visit(target))
      else if (onStack.has(target)) lowest = Math.min(lowest, number.get(target) ?? own)
    }
    if (lowest < own) return lowest
    const component = stack.splice(stack.indexOf(file))
    for (const member of component) onStack.delete(member)
    if (component.length > 1 || imports.get(file)?.includes(file)) circles.push(component.sort())
    return lowest
  }
  for (const file of imports.keys()) if (!number.has(file)) visit(file)
  return circles
}

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
