import { cp, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildDashboard } from '../../hub/process/build.ts'

const ROOT = path.dirname(path.dirname(import.meta.dirname))

/** A copy of the project with its build, whose dashboard may be built anew. @param from another copy; without it, this one */
export async function copyProject(from = ROOT): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'jitasa-upgrade-'))
  for (const name of ['hub', 'db', 'dashboard', 'package.json', 'package-lock.json', 'tsconfig.base.json'])
    await cp(path.join(from, name), path.join(root, name), { recursive: true, preserveTimestamps: true })
  await symlink(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'))
  return root
}

/** Gives a copy another name in its English pages, and builds it: parts of the build before stay beside. */
export async function upgradeCopy(root: string, app: string): Promise<void> {
  const words = path.join(root, 'dashboard/src/i18n/common/en.ts')
  await writeFile(words, (await readFile(words, 'utf8')).replace(/\bapp: '[^']+'/, `app: '${app}'`))
  if (!(await buildDashboard(root))) throw new Error('nothing was built')
}
