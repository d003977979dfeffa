import type pg from 'pg'
import { isScope, type Scope } from '../../hub/contract/live/scopes.ts'
import { createSession } from '../client.ts'
import { type Aligned, alignLocked, alignQuiet, type Sides, untilFollowing } from './align.ts'
import { compare, type Difference } from './compare.ts'
import { createHubClient } from './hub-client.ts'
import { withReadingKey } from './reading-key.ts'

const REST_MS_MAX = 8000
/** A wall in a drill, or a database at work, never rests: no use to look for longer. */
const REST_BEFORE_LOCK_MS_MAX = 2000

export type VerifyOptions = {
  readonly ownerUrl: string
  /** the hub's address */
  readonly hubUrl: string
  /** when empty all of nation, public:NN and province:NN; with a cookie, boards and alerts too, as far as its account may see them */
  readonly scopes: readonly Scope[]
  /**
   * Whether writers may be made to wait for a moment: `when-needed`, after the database has not come to rest for a while;
   * `at-once`, without looking for rest; `never`.
   */
  readonly lock: 'never' | 'when-needed' | 'at-once'
  readonly cookie?: string
  now(): number
}

export type Verified = {
  readonly scopes: number
  readonly cells: number
  readonly rows: number
  readonly differences: readonly Difference[]
  readonly position: number
  readonly how: string
}

/**
 * Compares every cell and row of the scopes that a running hub shows with SQL at the same position.
 * @throws Error in words when no comparison could be made
 */
export async function verify(options: VerifyOptions): Promise<Verified> {
  const clients = ['reader', 'marker', 'snapshot'].map((name) =>
    createSession(options.ownerUrl, `jitasa verify ${name}`),
  )
  const [reader, marker, snapshot] = clients
  if (!reader || !marker || !snapshot) throw new Error('verify needs three connections')
  try {
    await Promise.all(clients.map((client) => client.connect()))
    const { cookie } = options
    if (cookie !== undefined) return await compareAll(options, { reader, marker, snapshot }, { cookie })
    return await withReadingKey(reader, (key) =>
      compareAll(options, { reader, marker, snapshot }, { authorization: `Bearer ${key}` }),
    )
  } finally {
    await Promise.all(clients.map((client) => client.end()))
  }
}

type Sessions = Readonly<Record<'reader' | 'marker' | 'snapshot', pg.Client>>

async function compareAll(
  options: VerifyOptions,
  { reader, marker, snapshot }: Sessions,
  headers: Readonly<Record<string, string>>,
): Promise<Verified> {
  const scopes = options.scopes.length > 0 ? options.scopes : await allScopes(reader, options.cookie !== undefined)
  const sides = {
    reader,
    marker,
    hub: createHubClient(options.hubUrl, headers, options.scopes.length > 0),
    scopes,
    now: options.now,
  }
  await untilFollowing(sides)
  const aligned = await align(sides, snapshot, options.lock)
  const differences: Difference[] = []
  let cells = 0
  let rows = 0
  for (const [scope, answer] of aligned.answers) {
    const { state, checksumRight } = answer.fold()
    const expected = aligned.expected.get(scope)
    if (expected === undefined) continue
    const found = compare(state, expected)
    cells += found.cells
    rows += found.rows
    differences.push(...found.differences)
    if (!checksumRight) differences.push({ scope, key: 'checksum', hub: 'does not fit what it sent', sql: undefined })
  }
  return { scopes: aligned.answers.size, cells, rows, differences, position: aligned.position, how: aligned.how }
}

async function align(sides: Sides, snapshot: pg.ClientBase, lock: VerifyOptions['lock']): Promise<Aligned> {
  const restMs = { never: REST_MS_MAX, 'when-needed': REST_BEFORE_LOCK_MS_MAX, 'at-once': 0 }[lock]
  const atRest = await alignQuiet(sides, restMs)
  if (atRest !== undefined) return atRest
  if (lock === 'never') {
    throw new Error('the database is never at rest; without --no-lock, writers are made to wait for about a second')
  }
  const locked = await alignLocked(sides, snapshot)
  if (locked === undefined) throw new Error('the tables could not be locked in time; try again')
  return locked
}

async function allScopes(client: pg.ClientBase, signedIn: boolean): Promise<Scope[]> {
  const { rows } = await client.query<{ scope: string }>(
    `select kind || ':' || code as scope from areas, unnest($1::text[]) as kind where code ~ '^[0-9]{2}$' order by kind, code`,
    [['province', 'public', ...(signedIn ? ['board', 'alerts', 'command'] : [])]],
  )
  return [
    'nation',
    ...rows.map((row) => row.scope).filter(isScope),
    ...(signedIn ? (['alerts', 'command:TH'] as const) : []),
  ]
}
