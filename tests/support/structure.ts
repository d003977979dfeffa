import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const ROOT = path.join(import.meta.dirname, '../..')
export const FOLDERS = ['hub', 'db', 'loadtest', 'dashboard']
const IMPORT = /^(?:import|export)\b[^'"`;]*?\bfrom\s+'(\.[^']+)'|^import\s+'(\.[^']+)'/gm

/** File → the files of the project that it imports, values and types alike. */
export function importsOf(folders: readonly string[]): ReadonlyMap<string, readonly string[]> {
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
export function circlesOf(imports: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
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

const VOCABULARY = 'hub/contract/vocabulary'
/** Fewer words than this are alike by chance. */
const WORDS_MIN = 3

/** What stands in brackets or between bars: `['a', 'b', 'c']`, `'a' | 'b' | 'c'`. */
const LISTS = [/\[\s*'[^'\n]*'(?:\s*,\s*'[^'\n]*')+\s*,?\s*\]/g, /'[^'\n]*'(?:\s*\|\s*'[^'\n]*')+/g]

export const listKey = (words: readonly string[]) => [...new Set(words)].sort().join(' ')

export async function vocabularyLists(): Promise<ReadonlyMap<string, string>> {
  const lists = new Map<string, string>()
  for (const file of globSync(`${VOCABULARY}/*.ts`, { cwd: ROOT, exclude: ['**/*.test.ts'] })) {
    const exported: Readonly<Record<string, unknown>> = await import(path.join(ROOT, file))
    for (const [name, value] of Object.entries(exported)) {
      if (!Array.isArray(value) || value.length < WORDS_MIN) continue
      if (value.every((word) => typeof word === 'string')) lists.set(listKey(value), name)
    }
  }
  return lists
}

/** A word that stands twice in a list gives it weight: that is no list of kinds. */
function listsIn(source: string): readonly string[] {
  return LISTS.flatMap((list) => source.match(list) ?? [])
    .map((text) => [...text.matchAll(/'([^']*)'/g)].map(([, word = '']) => word))
    .filter((words) => new Set(words).size === words.length)
    .map(listKey)
}

/** `file: LIST` for each list of the vocabulary that stands once more elsewhere. */
export async function listsThatStandTwice(): Promise<readonly string[]> {
  const known = await vocabularyLists()
  const sources = globSync('{hub,db,dashboard,loadtest}/**/*.{ts,tsx}', {
    cwd: ROOT,
    exclude: ['**/*.test.*', 'db/migrations/**', `${VOCABULARY}/**`, '**/node_modules/**', '**/dist/**'],
  })
  return sources.flatMap((file) =>
    listsIn(readFileSync(path.join(ROOT, file), 'utf8')).flatMap((list) => {
      const name = known.get(list)
      return name === undefined ? [] : [`${file}: ${name}`]
    }),
  )
}
