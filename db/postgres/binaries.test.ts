import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { linkLibraries } from './binaries.ts'

test('an install without scripts: the libraries’ links are made at the first start, and left alone after it', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'jitasa-links-'))
  try {
    const native = path.join(home, 'native')
    await mkdir(path.join(native, 'lib'), { recursive: true })
    await writeFile(path.join(native, 'lib', 'libpq.so.5.18'), 'a library')
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
    await writeFile(path.join(native, 'pg-symlinks.json'), JSON.stringify(links))
    await linkLibraries(native)
    await linkLibraries(native)
    expect(await readlink(path.join(native, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18')
    expect(await readFile(path.join(native, 'lib', 'libpq.so.5'), 'utf8')).toBe('a library')
  } finally {
    await rm(home, { recursive: true, force: true })
  }
})

test('a package without a list of links needs none', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'jitasa-links-'))
  try {
    await expect(linkLibraries(home)).resolves.toBeUndefined()
  } finally {
    await rm(home, { recursive: true, force: true })
  }
})
