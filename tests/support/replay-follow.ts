import { setTimeout as sleep } from 'node:timers/promises'
import { createProgress } from '../../db/import/progress.ts'
import { type ReplayResult, replay } from '../../db/replay/replay.ts'
import { compare, type Difference } from '../../db/verify/compare.ts'
import { expectedFromSql } from '../../db/verify/expected.ts'
import { type Verified, verify } from '../../db/verify/verify.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { FoldingClient } from '../fanout/workers-client.ts'
import type { TestDatabase } from './pg.ts'
import { startProduction } from './production.ts'

const SCOPES: readonly Scope[] = ['nation', 'public:10', 'public:74']
const CAUGHT_UP_MS_MAX = 60_000
const LOOK_EVERY_MS = 250

export type FollowOptions = {
  readonly path: string
  readonly from: string
  readonly to: string
  readonly daysPerSecond: number
  readonly verifyEveryMs: number
  /** ends the replay where it is; the comparison follows all the same */
  readonly signal?: AbortSignal
}

export type Followed = {
  readonly replayed: ReplayResult
  readonly seconds: number
  /** the hub against SQL: under way, as often as there was time, and at the end */
  readonly verified: readonly Verified[]
  /** how often, under way, the hub did not catch up in the moment for which writers may be held */
  readonly notCompared: number
  /** what a screen held in the end, against SQL */
  readonly screen: { readonly cells: number; readonly differences: readonly Difference[] }
  readonly mismatches: number
}

/** Replays a file into an empty database while a hub follows, a screen follows the hub, and verify looks at both. */
export async function followReplay(
  database: TestDatabase,
  { verifyEveryMs, signal = new AbortController().signal, ...file }: FollowOptions,
): Promise<Followed> {
  const hub = await startProduction(database)
  const screen = new FoldingClient(`${hub.url.replace('http', 'ws')}/live?v=${PROTOCOL_VERSION}`, SCOPES)
  const check = () =>
    verify({ ownerUrl: database.url, hubUrl: hub.url, scopes: [], lock: 'when-needed', now: () => performance.now() })
  try {
    const began = performance.now()
    let over = false
    let seconds = 0
    const replaying = replay({
      ownerUrl: database.url,
      map: {},
      delimiter: ',',
      seed: 1,
      reset: false,
      goOn: false,
      force: false,
      signal,
      progress: createProgress({ write: () => true }, () => 0),
      ...file,
    }).finally(() => {
      over = true
      seconds = (performance.now() - began) / 1000
    })
    const verified: Verified[] = []
    let notCompared = 0
    const verifying = (async () => {
      while (!over) {
        await Promise.race([sleep(verifyEveryMs), replaying])
        if (over) break
        const compared = await check().catch((error: Error) => {
          if (!/does not follow|could not be locked/.test(error.message)) throw error
          return undefined
        })
        if (compared === undefined) notCompared += 1
        else verified.push(compared)
      }
    })()
    // Both to their end, also when one fails: what is left running would fail again when its database is gone.
    await Promise.allSettled([replaying, verifying])
    const replayed = await replaying
    await verifying
    const last = await check()
    verified.push(last)
    const held = await heldBy(database, screen, SCOPES)
    return {
      replayed,
      seconds,
      verified,
      notCompared,
      screen: held,
      mismatches: screen.mismatches,
    }
  } finally {
    screen.stop()
    await hub.kill('SIGTERM')
  }
}

/**
 * What a screen holds against SQL, when nobody writes any more but the hub's own tasks, which may still have something to
 * mark: SQL is asked anew each time. @returns as soon as nothing differs, or after CAUGHT_UP_MS_MAX
 */
export async function heldBy(
  { pool }: Pick<TestDatabase, 'pool'>,
  screen: FoldingClient,
  scopes: readonly Scope[],
): Promise<Followed['screen']> {
  const look = async () => {
    const byScope = await expectedFromSql(pool, scopes)
    return scopes.map((scope) => {
      const [state, expected] = [screen.scopes.get(scope), byScope.get(scope)]
      if (state === undefined || expected === undefined) throw new Error(`nothing of ${scope}`)
      return compare(state, expected)
    })
  }
  let compared = await look()
  const until = performance.now() + CAUGHT_UP_MS_MAX
  while (compared.some(({ differences }) => differences.length > 0) && performance.now() < until) {
    await sleep(LOOK_EVERY_MS)
    compared = await look()
  }
  return {
    cells: compared.reduce((sum, { cells }) => sum + cells, 0),
    differences: compared.flatMap(({ differences }) => differences),
  }
}
