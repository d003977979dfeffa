import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = path.dirname(import.meta.dirname)
const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean)
const names = new Set(tracked.map((file) => path.basename(file)))
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

/** A path from the root, as sentences and comments write it; a pattern (`*`, `NN`) is none. */
const PATH = /(?<![\w/.-])(?:hub|db|dashboard|loadtest|tests|docs)\/[\w./-]*\w\.(?:tsx?|md|sh|json|png|css)(?![\w*])/g
const BARE = /`([\w-]+\.(?:tsx?|md))`/g

const lost = (file: string): string[] =>
  [...read(file).matchAll(PATH)]
    .map(([name]) => name)
    .filter((name) => !name.includes('NN') && !existsSync(path.join(ROOT, name)))

describe('documents and comments', () => {
  it('name only files that there are', () => {
    const files = tracked.filter(
      (file) =>
        existsSync(path.join(ROOT, file)) &&
        /\.(?:md|tsx?|grit)$/.test(file) &&
        file !== 'CHANGELOG.md' &&
        !/\.test\.tsx?$/.test(file),
    )
    expect(files.length).toBeGreaterThan(500)
    expect(files.flatMap((file) => lost(file).map((name) => `${file}: ${name}`))).toEqual([])
  })

  it('name a file without its folder only when there is one of that name', () => {
    const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/ARCHITECTURE.md', 'docs/DOMAIN.md']
    const unknown = documents.flatMap((file) =>
      [...read(file).matchAll(BARE)].flatMap(([, name]) => (name && !names.has(name) ? [`${file}: ${name}`] : [])),
    )
    expect(unknown).toEqual([])
  })
})
