import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { createClient } from '../../db/client.ts'
import { claimOpenNeed } from '../../db/queries/needs.ts'
import { withAccount } from '../../db/queries/rls.ts'
import type { Grant } from '../../hub/authorize/grant.ts'
import { LEASE_MS } from '../../hub/work/needs/lease.ts'
import { type CaseHub, openCases, type Worker } from './case-hub.ts'
import type { TestDatabase } from './pg.ts'

export type Race = {
  readonly attempts: number
  /** needs that were claimed exactly once */
  readonly wonOnce: number
  readonly wonTwice: number
  readonly neverWon: number
  /** losers who were told another holder than the need has */
  readonly toldWrong: number
  readonly toldRight: number
  /** anything but a win or a loss */
  readonly errors: number
  readonly ms: number
}

/** Every responder tries every need, all at once, each in an order of their own. */
async function race(
  responders: number,
  needs: readonly number[],
  attempt: (responder: number, need: number) => Promise<{ won: boolean; told: string | null } | undefined>,
): Promise<Omit<Race, 'toldWrong' | 'toldRight'> & { readonly told: readonly (readonly [number, string | null])[] }> {
  const wins = new Map<number, number>()
  const told: [number, string | null][] = []
  let errors = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: responders }, async (_, responder) => {
      for (let i = 0; i < needs.length; i++) {
        const need = needs[(i * 37 + responder * 13) % needs.length] ?? 0
        const result = await attempt(responder, need)
        if (result === undefined) errors++
        else if (result.won) wins.set(need, (wins.get(need) ?? 0) + 1)
        else told.push([need, result.told])
      }
    }),
  )
  const counts = needs.map((need) => wins.get(need) ?? 0)
  return {
    attempts: responders * needs.length,
    wonOnce: counts.filter((count) => count === 1).length,
    wonTwice: counts.filter((count) => count > 1).length,
    neverWon: counts.filter((count) => count === 0).length,
    told,
    errors,
    ms: performance.now() - began,
  }
}

async function holders(pool: pg.Pool, needs: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await pool.query<{ id: number; holder_label: string }>(
    'select id, holder_label from needs where id = any($1)',
    [needs],
  )
  return new Map(rows.map((row) => [Number(row.id), row.holder_label]))
}

/** The claim's one statement, as role jitasa_api under row-level security. */
export async function raceBySql(database: TestDatabase, responders: number, cases: number): Promise<Race> {
  const needs = (await openCases(database, cases)).map(({ need }) => Number(need))
  const db = createClient(database.apiUrl, { connectionsMax: 20 })
  const grants = Array.from(
    { length: responders },
    (_, i): Grant => ({
      account: randomUUID(),
      role: 'responder',
      areas: ['50'],
      facility: null,
      label: `Rescue ${i}`,
      version: 1,
      drill: false,
    }),
  )
  try {
    const { told, ...result } = await race(responders, needs, async (i, need) => {
      const grant = grants[i]
      if (grant === undefined) return undefined
      const claim = { need, account: grant.account, label: grant.label, now: new Date(), leases: LEASE_MS }
      const row = await withAccount(db, grant, (trx) => claimOpenNeed(trx, claim))
      return { won: row !== undefined, told: null }
    })
    return { ...result, toldWrong: 0, toldRight: told.length }
  } finally {
    await db.destroy()
  }
}

/** The whole command: session, authorisation, idempotency key, row-level security, history. */
export async function raceByHttp(
  database: TestDatabase,
  hub: CaseHub,
  responders: number,
  cases: number,
): Promise<Race> {
  const needs = (await openCases(database, cases)).map(({ need }) => Number(need))
  const workers: Worker[] = []
  for (let i = 0; i < responders; i++) workers.push(await hub.worker('responder', ['50'], `Rescue ${i}`))
  const { told, ...result } = await race(responders, needs, async (i, need) => {
    const reply = await workers[i]?.post(`/api/needs/${need}/claim`)
    if (reply?.status === 200) return { won: true, told: null }
    if (reply?.status !== 409 || reply.body.error.code !== 'already_claimed') return undefined
    return { won: false, told: (reply.body.error.details as { holder: string }).holder }
  })
  const held = await holders(database.pool, needs)
  const toldRight = told.filter(([need, holder]) => held.get(need) === holder).length
  return { ...result, toldRight, toldWrong: told.length - toldRight }
}
