import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ADVISORY_LOCKS } from './advisory-locks.ts'

const ROOT = path.dirname(import.meta.dirname)

test('every advisory lock has a number of its own', () => {
  const keys = Object.values(ADVISORY_LOCKS)
  expect(new Set(keys).size).toBe(keys.length)
})

test('no other file makes up a key', async () => {
  const files = ['db', 'hub', 'loadtest'].map(async (folder) => {
    const names = await readdir(path.join(ROOT, folder), { recursive: true })
    return names.filter((name) => name.endsWith('.ts')).map((name) => path.join(folder, name))
  })
  const makers: string[] = []
  for (const file of (await Promise.all(files)).flat()) {
    if (/7_?316_?2\d\d/.test(await readFile(path.join(ROOT, file), 'utf8'))) makers.push(file)
  }
  expect(makers.filter((file) => !file.startsWith('db/advisory-locks'))).toEqual([])
})
