import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const ROOT = path.join(import.meta.dirname, '..')
const VOCABULARY = 'hub/contract/vocabulary'
/** Fewer words than this are alike by chance. */
const WORDS_MIN = 3

/** What stands in brackets or between bars: `['a', 'b', 'c']`, `'a' | 'b' | 'c'`. */
const LISTS = [/\[\s*'[^'\n]*'(?:\s*,\s*'[^'\n]*')+\s*,?\s*\]/g, /'[^'\n]*'(?:\s*\|\s*'[^'\n]*')+/g]

const key = (words: readonly string[]) => [...new Set(words)].sort().join(' ')

async function vocabularyLists(): Promise<ReadonlyMap<string, string>> {
  const lists = new Map<string, string>()
  for (const file of globSync(`${VOCABULARY}/*.ts`, { cwd: ROOT, exclude: ['**/*.test.ts'] })) {
    const exported: Readonly<Record<string, unknown>> = await import(path.join(ROOT, file))
    for (const [name, value] of Object.entries(exported)) {
      if (!Array.isArray(value) || value.length < WORDS_MIN) continue
      if (value.every((word) => typeof word === 'string')) lists.set(key(value), name)
    }
  }
  return lists
}

/** A word that stands twice in a list gives it weight: that is no list of kinds. */
function listsIn(source: string): readonly string[] {
  return LISTS.flatMap((list) => source.match(list) ?? [])
    .map((text) => [...text.matchAll(/'([^']*)'/g)].map(([, word = '']) => word))
    .filter((words) => new Set(words).size === words.length)
    .map(key)
}

test('a list of the vocabulary stands in the vocabulary alone', async () => {
  const known = await vocabularyLists()
  expect(known.get(key(['green', 'red', 'unknown', 'yellow']))).toBe('SEVERITIES')
  const sources = globSync('{hub,db,dashboard,loadtest}/**/*.{ts,tsx}', {
    cwd: ROOT,
    exclude: ['**/*.test.*', 'db/migrations/**', `${VOCABULARY}/**`, '**/node_modules/**', '**/dist/**'],
  })
  const again = sources.flatMap((file) =>
    listsIn(readFileSync(path.join(ROOT, file), 'utf8')).flatMap((list) => {
      const name = known.get(list)
      return name === undefined ? [] : [`${file}: ${name}`]
    }),
  )
  expect(again).toEqual([])
})
