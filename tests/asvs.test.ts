import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = path.dirname(import.meta.dirname)
const text = readFileSync(path.join(ROOT, 'docs/asvs.md'), 'utf8')
const cells = (line: string) => line.slice(2, -2).split(' | ')

const STATES = ['met', 'not applicable', 'not met']
/** Requirements of level 1, and of level 2, in ASVS 5.0.0. */
const REQUIREMENTS = { '1': 70, '2': 183 }
/** A test's file and the titles that are quoted after it. */
const NAMED = /`([\w./-]+\.test\.tsx?)`(?: "([^"]+)")?/g

const rows = text
  .split('\n')
  .filter((line) => /^\| \d+\.\d+\.\d+ \|/.test(line))
  .map(cells)
  .map(([id = '', level = '', about = '', state = '', evidence = '', ...more]) => ({
    ...{ id, level, about, state, evidence, more },
    tests: [...evidence.matchAll(NAMED)].map(([, file = '', title]) => ({ file, title })),
  }))

const inOrder = (id: string) => id.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0)

/** Whether a file has a string of exactly these words. */
function hasTitle(file: string, title: string): boolean {
  const source = readFileSync(path.join(ROOT, file), 'utf8')
  return ["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`))
}

describe('docs/asvs.md', () => {
  test('has every requirement of its levels once, in order, under its chapter', () => {
    const order = rows.map(({ id }) => inOrder(id))
    expect(order).toEqual([...new Set(order)].sort((a, b) => a - b))
    for (const [level, all] of Object.entries(REQUIREMENTS)) {
      expect([level, rows.filter((row) => row.level === level).length]).toEqual([level, all])
    }
    const chapters = text.split('\n## V').slice(1)
    expect(chapters).toHaveLength(17)
    for (const chapter of chapters) {
      const ids = [...chapter.matchAll(/^\| (\d+)\.\d+\.\d+ \|/gm)].map(([, id]) => id)
      expect(new Set(ids)).toEqual(new Set([String(Number.parseInt(chapter, 10))]))
    }
  })

  test('says of each one of three states, in few words, with evidence or what is missing', () => {
    for (const { id, about, state, evidence, more } of rows) {
      expect([id, more]).toEqual([id, []])
      expect(STATES, id).toContain(state)
      expect(about.split(' ').length, id).toBeLessThanOrEqual(8)
      expect(evidence.length, id).toBeGreaterThan(3)
    }
  })

  test('names a test by file and title for all that is met, or says why no test can', () => {
    const without = rows.filter(
      ({ state, tests, evidence }) =>
        state === 'met' && !tests.some(({ title }) => title !== undefined) && !evidence.startsWith('no test can: '),
    )
    expect(without.map(({ id }) => id)).toEqual([])
  })

  test('names only tests that there are, by the titles that they have', () => {
    const named = rows.flatMap(({ id, tests }) => tests.map((one) => ({ id, ...one })))
    expect(named.length).toBeGreaterThan(150)
    const lost = named.filter(
      ({ file, title }) => !existsSync(path.join(ROOT, file)) || (title !== undefined && !hasTitle(file, title)),
    )
    expect(lost).toEqual([])
  })

  test('counts at its head what its rows say', () => {
    const count = (level: string | undefined) => {
      const of = rows.filter((row) => level === undefined || row.level === level)
      return [...STATES.map((state) => of.filter((row) => row.state === state).length), of.length].map(String)
    }
    for (const [name, level] of [
      ['1', '1'],
      ['2', '2'],
      ['both', undefined],
    ] as const) {
      const line = text.split('\n').find((one) => one.startsWith(`| ${name} | `) && cells(one).length === 5)
      expect([name, cells(line ?? '')]).toEqual([name, [name, ...count(level)]])
    }
  })
})
