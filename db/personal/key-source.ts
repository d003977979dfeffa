import { randomBytes } from 'node:crypto'
import { mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { writeOnce } from '../write-once.ts'
import { commandWrapper, secretWrapper, type Wrapper } from './wrapper.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Beside the embedded database's password. */
export const KEY_FILE = 'data-key'
const CHARACTERS_MIN = 32
const BYTES = 32
/** Nobody but its owner. */
const MODE = 0o600

export type Wrappers = {
  /** what new data keys are wrapped with */
  readonly now: Wrapper
  /** what they were wrapped with before, while they are rotated */
  readonly before: Wrapper | undefined
}

const HOW =
  'Set DATA_KEY to at least 32 random characters (openssl rand -hex 32), to file:PATH of a file that holds them and that only the hub’s user may read, or to command:PROGRAM that wraps and unwraps with your key store; the same for every process of this database.'

const given = (env: Env, name: string): string | undefined => env[name]?.trim() || undefined

/** @throws Error with a sentence for `npm start`, which makes no key */
export function demandDataKey(env: Env): void {
  if (given(env, 'DATA_KEY') !== undefined) return
  throw new Error(
    `DATA_KEY is not set: personal data cannot be opened. ${HOW} The one that \`make run\` made stands in DATA_DIR: DATA_KEY=file:.data/${KEY_FILE}`,
  )
}

async function readSecret(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new Error(`The file of the data key, ${file}, cannot be read (${cause.code}): restore it, or name another.`, {
      cause,
    })
  })
  const { mode } = await stat(file)
  if ((mode & 0o077) !== 0) {
    throw new Error(`Others than its owner may read the data key in ${file}: chmod 600 ${file}.`)
  }
  return checked(`The file ${file}`, text.trim())
}

function checked(what: string, secret: string): string {
  if (secret.length >= CHARACTERS_MIN) return secret
  throw new Error(`${what} holds a data key of ${secret.length} characters, at least ${CHARACTERS_MIN} are needed.`)
}

/** @returns what a variable names; none when it is unset. @throws Error with a sentence when that cannot be used */
async function namedBy(env: Env, name: string): Promise<Wrapper | undefined> {
  const value = given(env, name)
  const [, form, where = ''] = /^(file|command):(.+)$/.exec(value ?? '') ?? []
  if (form === 'file') return secretWrapper(await readSecret(where))
  if (form === 'command') return commandWrapper(where)
  return value === undefined ? undefined : secretWrapper(checked(name, value))
}

/**
 * What wraps the data keys of a process: what the environment names, else the file of an embedded database.
 * @param file of the embedded database's DATA_DIR; read only when nothing is named
 */
export async function readWrappers(env: Env, file: string | undefined): Promise<Wrappers> {
  const named = await namedBy(env, 'DATA_KEY')
  const now = named ?? (file === undefined ? undefined : secretWrapper(await readSecret(file)))
  if (now === undefined) throw new Error(`DATA_KEY is not set: personal data cannot be opened. ${HOW}`)
  return { now, before: await namedBy(env, 'DATA_KEY_BEFORE') }
}

/**
 * The key file of an embedded database, made where there is none.
 * @returns its path, and whether it was made
 */
export async function ensureKeyFile(dataDir: string): Promise<{ readonly file: string; readonly made: boolean }> {
  const file = path.resolve(dataDir, KEY_FILE)
  await mkdir(dataDir, { recursive: true })
  return { file, made: await writeOnce(file, randomBytes(BYTES).toString('hex'), MODE) }
}

let env: Env = process.env
let keyFile: string | undefined
let wrappers: Promise<Wrappers> | undefined

/** Says where this process has its key from; without it, the environment alone. A process has one, as it has one environment. */
export function useKeySource(from: Env, file: string | undefined): void {
  env = from
  keyFile = file
  wrappers = undefined
}

/** @throws Error with a sentence when none is named, or it cannot be read */
export function keyWrappers(): Promise<Wrappers> {
  wrappers ??= readWrappers(env, keyFile)
  return wrappers
}
