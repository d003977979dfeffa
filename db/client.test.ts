import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'

const ROOT = path.dirname(import.meta.dirname)
/** The source's sessions speak the replication protocol, and have a listener too. */
const MAKERS = ['db/client.ts', 'hub/source/connections.ts']

test('sessions and pools are made in two places, each with a listener: one without ends the process when it is lost', async () => {
  const makers: string[] = []
  for await (const file of glob('{db,hub}/**/*.ts', { cwd: ROOT })) {
    const text = await readFile(path.join(ROOT, file), 'utf8')
    if (/new (?:pg\.)?(?:Pool|Client)\(/.test(text)) makers.push(file)
  }
  expect(makers.filter((file) => !file.endsWith('.test.ts')).sort()).toEqual(MAKERS)
})
