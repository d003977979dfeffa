import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { bindAccount, insertAccount } from '../../db/queries/accounts.ts'
import { createAccountsClient } from '../../db/queries/accounts-client.ts'
import type { Role } from '../../hub/contract/vocabulary/roles.ts'
import { hashPassword } from '../../hub/http/auth/passwords.ts'

const PASSWORD = 'correct horse battery'
const WRITERS = 4
/** An account may ask 600 times a minute; enough of them that no writer is told to wait. */
const ACCOUNTS = 12
const PAUSE_MS = 25
/** How a key of these writers begins: a drill has keys of its own. */
export const KEYS = 'ledger-'
const AGAIN_MS = 100
const ANSWER_MS_MAX = 10_000
const STRANGE_KEPT = 20

/** What became of writes since the last look. */
export type Audit = {
  readonly acknowledged: number
  /** acknowledged, and not there */
  readonly lost: number
  /** there more than once */
  readonly doubled: number
  /** answers that are neither an acknowledgement nor "come back later" */
  readonly strange: readonly string[]
}

/** Writers through the API that repeat under its key what was not acknowledged, and a list of what was. */
export type Ledger = {
  /** acknowledged so far */
  readonly acknowledged: number
  /** how often writers had to ask again, by what they were told: `503 database_away`, `TimeoutError` */
  readonly later: ReadonlyMap<string, number>
  /** Resolves when nothing that was asked for is without an answer. */
  pause(): Promise<void>
  resume(): void
  audit(pool: pg.Pool): Promise<Audit>
  stop(): Promise<void>
}

type Accounts = { readonly url: string; readonly authUrl: string }

/** @returns cookies of accounts of a role in province 10 */
export async function signIn({ url, authUrl }: Accounts, role: Role, count: number): Promise<string[]> {
  const db = createAccountsClient(authUrl)
  const passwordHash = await hashPassword(PASSWORD)
  try {
    const cookies: string[] = []
    for (let i = 0; i < count; i++) {
      const username = `w${randomUUID().slice(0, 8)}`
      const id = await insertAccount(db, { name: `Account ${i}`, email: null, username, passwordHash, drill: false })
      await bindAccount(db, id, { role, areas: ['10'], facility: null }, `A ${username}`)
      const response = await fetch(`${url}/api/auth/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: username, password: PASSWORD, remember: true }),
      })
      if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`)
      cookies.push(
        response.headers
          .getSetCookie()
          .map((line) => line.split(';')[0])
          .join('; '),
      )
    }
    return cookies
  } finally {
    await db.destroy()
  }
}

type Answer = 'acknowledged' | { readonly later: string } | { readonly strange: string }

async function record(url: string, cookie: string, key: string): Promise<Answer> {
  let response: Response
  try {
    response = await fetch(`${url}/api/record`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, 'idempotency-key': key },
      body: JSON.stringify({ kind: 'test', place: { area: '1001' }, test: 'atk', positive: false }),
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    })
    const text = await response.text()
    if (response.status === 201) return 'acknowledged'
    const answer = `${response.status} ${/"code":"(\w+)"/.exec(text)?.[1] ?? ''}`
    if (response.status === 503 && response.headers.get('retry-after') !== null) return { later: answer }
    // A hub of screens passes on what it cannot do: docs/fleet.md.
    if ([502, 504].includes(response.status) && /api_(?:away|silent)/.test(text)) return { later: answer }
    return { strange: `${response.status} ${text.slice(0, 200)}` }
  } catch (error) {
    // Nobody answers, or the answer is cut: whether it was written is what the key is for.
    return { later: error instanceof Error ? error.name : String(error) }
  }
}

/**
 * Looks for what was acknowledged.
 * @param keys since the last look
 * @param ever how many since the beginning: what was found once must still be there
 */
export async function lookUp(
  pool: pg.Pool,
  keys: readonly string[],
  ever: number,
): Promise<Pick<Audit, 'lost' | 'doubled'>> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(id)::int as n from unnest($1::text[]) as key
     left join tests on split_part(idempotency_key, ':', 2) = key group by key`,
    [keys],
  )
  const { rows: all } = await pool.query<{ n: number; keys: number }>(
    `select count(*)::int as n, count(distinct split_part(idempotency_key, ':', 2))::int as keys
     from tests where split_part(idempotency_key, ':', 2) like '${KEYS}%'`,
  )
  const found = all[0]!
  return {
    lost: Math.max(ever - found.keys, rows.filter(({ n }) => n === 0).length),
    doubled: Math.max(found.n - found.keys, rows.filter(({ n }) => n > 1).length),
  }
}

/** @param url of the hub, or of a link to it */
export async function startLedger(accounts: Accounts, url: string): Promise<Ledger> {
  const cookies = await signIn(accounts, 'volunteer', ACCOUNTS)
  const since: string[] = []
  const strange: string[] = []
  const later = new Map<string, number>()
  let acknowledged = 0
  let audited = 0
  let over = false
  let paused = false
  let busy = 0

  async function write(cookie: string): Promise<void> {
    const key = `${KEYS}${randomUUID()}`
    for (;;) {
      const answer = await record(url, cookie, key)
      if (answer === 'acknowledged') {
        since.push(key)
        acknowledged++
        return
      }
      if ('strange' in answer) {
        strange.push(answer.strange)
        return
      }
      later.set(answer.later, (later.get(answer.later) ?? 0) + 1)
      if (over) return
      await sleep(AGAIN_MS)
    }
  }

  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    for (let i = 0; !over; i++) {
      if (!paused) {
        busy++
        await write(cookies[(writer + i * WRITERS) % ACCOUNTS]!)
        busy--
      }
      await sleep(PAUSE_MS)
    }
  })
  return {
    get acknowledged() {
      return acknowledged
    },
    later,
    async pause() {
      paused = true
      while (busy > 0) await sleep(AGAIN_MS / 10)
    },
    resume() {
      paused = false
    },
    async audit(pool) {
      const written = await lookUp(pool, since.splice(0), acknowledged)
      const result = {
        acknowledged: acknowledged - audited,
        ...written,
        strange: strange.splice(0).slice(0, STRANGE_KEPT),
      }
      audited = acknowledged
      return result
    },
    async stop() {
      over = true
      await Promise.all(writers)
    },
  }
}
