import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createSession } from '../../db/client.ts'
import { bindAccount, insertAccount } from '../../db/queries/accounts.ts'
import { createAccountsClient } from '../../db/queries/accounts-client.ts'
import { hashPassword } from '../../hub/http/auth/passwords.ts'
import type { World } from './faults.ts'

const PASSWORD = 'correct horse battery'
const WRITERS = 6
/** An account may ask 600 times a minute; enough of them that no writer is told to wait. */
const ACCOUNTS = 24
const LOOK_MS = 5
/** Of fewer writes that came through between the strikes the count of what is stored would prove little. */
export const ACKNOWLEDGED_MIN = 20
const AGAIN_MS = 20

export type LostWrites = {
  readonly terminated: number
  readonly acknowledged: number
  /** acknowledged ones that are there twice, or not at all */
  readonly wrong: number
  /** answers that are neither an acknowledgement nor "come back later" */
  readonly strange: readonly string[]
  readonly told503: number
  readonly died: boolean
}

/** Cookies of accounts that may record, made in the world's database. */
async function signIn(world: World): Promise<string[]> {
  const db = createAccountsClient(world.urls.authUrl)
  const passwordHash = await hashPassword(PASSWORD)
  try {
    const cookies: string[] = []
    for (let i = 0; i < ACCOUNTS; i++) {
      const username = `w${randomUUID().slice(0, 8)}`
      const id = await insertAccount(db, { name: `Writer ${i}`, email: null, username, passwordHash, drill: false })
      await bindAccount(db, id, { role: 'volunteer', areas: ['10'], facility: null }, `W ${i}`)
      const response = await fetch(`${world.hub.url}/api/auth/sign-in`, {
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

/**
 * Six writers record, each repeating what was not acknowledged under its key, while every session of the API that is in
 * a transaction is ended, until `wanted` are.
 */
export async function loseWrites(world: World, wanted: number, msMax: number): Promise<LostWrites> {
  const cookies = await signIn(world)
  const acknowledged: string[] = []
  const strange: string[] = []
  let terminated = 0
  let told503 = 0
  let over = false

  async function record(cookie: string, key: string): Promise<void> {
    for (;;) {
      const response = await fetch(`${world.hub.url}/api/record`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie, 'idempotency-key': key },
        body: JSON.stringify({
          kind: 'test',
          place: { area: '1001' },
          test: 'atk',
          positive: false,
          day: '2021-11-11',
        }),
      })
      if (response.status === 201) {
        await response.arrayBuffer()
        acknowledged.push(key)
        return
      }
      const text = await response.text()
      if (response.status !== 503 || response.headers.get('retry-after') === null) {
        strange.push(`${response.status} ${text.slice(0, 200)}`)
        return
      }
      told503++
      await sleep(AGAIN_MS)
    }
  }

  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    for (let i = 0; !over && strange.length < WRITERS; i++) {
      await record(cookies[(writer + i * WRITERS) % ACCOUNTS] ?? '', randomUUID()).catch((error: Error) => {
        strange.push(String(error.cause ?? error))
      })
    }
  })
  const owner = createSession(world.urls.url, 'jitasa test')
  await owner.connect()
  for (
    const until = performance.now() + msMax;
    (terminated < wanted || acknowledged.length < ACKNOWLEDGED_MIN) && performance.now() < until;
    await sleep(LOOK_MS)
  ) {
    const { rowCount } = await owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'jitasa api' and state = 'idle in transaction'`,
    )
    terminated += rowCount ?? 0
    if (strange.length >= WRITERS) break
  }
  over = true
  await owner.end()
  await Promise.all(writers)
  const { rows } = await world.server.query(`select split_part(idempotency_key, ':', 2) as key, count(*)::int as n
    from tests where idempotency_key is not null group by 1`)
  const stored = new Map(rows.map(({ key, n }: { key: string; n: number }) => [key, n]))
  const { exitCode, signalCode } = world.hub.child
  return {
    terminated,
    acknowledged: acknowledged.length,
    wrong: acknowledged.filter((key) => stored.get(key) !== 1).length,
    strange,
    told503,
    died: exitCode !== null || signalCode !== null,
  }
}
