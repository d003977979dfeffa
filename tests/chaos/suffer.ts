import { setTimeout as sleep } from 'node:timers/promises'
import { compare } from '../../db/verify/compare.ts'
import { expectedFromSql } from '../../db/verify/expected.ts'
import { verify } from '../../db/verify/verify.ts'
import type { ScopeState } from '../../hub/contract/live/apply.ts'
import { SCOPES } from './audience.ts'
import type { World } from './stage.ts'

/** One way in which something breaks. */
export type Fault<W extends World = World> = {
  readonly failure: string
  /** once each in CI too */
  readonly isShort?: true
  /** resolves when nothing more breaks */
  strike(world: W): Promise<unknown>
  /** what an operator or a service manager then does; its time counts as recovery */
  mend?(world: W): Promise<unknown>
  /** what else is to be looked at when all is level. @returns what is not as it should be, in words */
  judge?(world: W): Promise<readonly string[]>
}

/** What a fault did. */
export type Suffered = {
  /** ms from the end of the strike until every hub is ready and every screen shows what was committed after it */
  readonly recoveryMs: number
  readonly acknowledged: number
  readonly lost: number
  readonly doubled: number
  /** cells and rows that screens or hubs show otherwise than SQL when they are level and at rest */
  readonly wrong: number
  /** checksums that did not fit on a screen, which then asked anew */
  readonly mended: number
  /** processes that died and were not killed, answers that no client could act upon */
  readonly strange: readonly string[]
}

/** A hub whose half-open link is found after 17 s, and screens that back off for up to 15 s. */
const RECOVERY_MS_MAX = 120_000
const LOOK_MS = 20
const AGAIN_MS = 50
/** The hub's own jobs write while all others rest. */
const REST_MS_MAX = 10_000
const DIFFERENCES_TOLD = 5

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  )
}

/** Commits a marker, as soon as PostgreSQL takes it. */
async function mark({ pool }: World, until: number): Promise<string> {
  for (;;) {
    const marker = `round ${crypto.randomUUID()}`
    try {
      await pool.query('update operation set title_en = $1', [marker])
      return marker
    } catch (error) {
      if (performance.now() > until) throw new Error('PostgreSQL takes no write', { cause: error })
      await sleep(AGAIN_MS)
    }
  }
}

/** Until every hub is ready and every screen shows what is committed now. @throws Error that says who is behind */
export async function untilLevel(world: World): Promise<void> {
  const until = performance.now() + RECOVERY_MS_MAX
  const marker = await mark(world, until)
  for (;;) {
    const behind = world.audience.behind(marker)
    const ready = behind === 0 && (await Promise.all(world.hubs().map(isReady))).every(Boolean)
    if (ready) return
    if (performance.now() > until) {
      const why = await Promise.all(world.hubs().map(async (url) => (await fetch(`${url}/readyz`)).text()))
      throw new Error(`not level after ${RECOVERY_MS_MAX} ms: ${behind} screens are behind; hubs: ${why.join(' ')}`)
    }
    await sleep(LOOK_MS)
  }
}

/** Of what screens hold, what is not as SQL says, each kind of difference once. */
async function differencesOfScreens({ audience, pool }: World): Promise<string[]> {
  const expected = await expectedFromSql(pool, SCOPES)
  const distinct = new Map<string, ScopeState>()
  for (const state of audience.states()) distinct.set(`${state.scope} ${state.sum}`, state)
  return [...distinct.values()].flatMap((state) =>
    compare(state, expected.get(state.scope)!).differences.map(
      ({ scope, key, hub, sql }) => `screen ${scope} ${key}: ${hub}, SQL ${sql}`,
    ),
  )
}

async function wrongAtRest(world: World): Promise<string[]> {
  const until = performance.now() + REST_MS_MAX
  let wrong = await differencesOfScreens(world)
  while (wrong.length > 0 && performance.now() < until) {
    await sleep(AGAIN_MS)
    wrong = await differencesOfScreens(world)
  }
  for (const hubUrl of world.hubs()) {
    const { differences } = await verify({
      ...{ ownerUrl: world.owners.url, hubUrl, scopes: [], now: () => performance.now() },
      lock: 'when-needed',
    })
    wrong.push(...differences.map(({ scope, key, hub, sql }) => `hub ${scope} ${key}: ${hub}, SQL ${sql}`))
  }
  return wrong
}

/** @returns what a look at rest finds, of what was written since the last */
async function lookAtRest<W extends World>(
  world: W,
  fault: Fault<W>,
): Promise<Omit<Suffered, 'recoveryMs' | 'mended'>> {
  await Promise.all([world.movers.pause(), world.ledger.pause()])
  try {
    const wrong = await wrongAtRest(world)
    const { strange, ...written } = await world.ledger.audit(world.pool)
    const deaths = (await world.deaths()).map((who) => `died: ${who}`)
    const judged = (await fault.judge?.(world)) ?? []
    const refused = world.movers.refused.splice(0)
    return {
      ...written,
      wrong: wrong.length,
      strange: [...deaths, ...strange, ...refused, ...judged, ...wrong.slice(0, DIFFERENCES_TOLD)],
    }
  } finally {
    world.movers.resume()
    world.ledger.resume()
  }
}

/**
 * Lets a fault strike in the midst of everything, waits until all is level, and looks at what became of it at rest.
 * @throws Error of a world that does not come back
 */
export async function suffer<W extends World>(world: W, fault: Fault<W>): Promise<Suffered> {
  const mendedBefore = world.audience.mended()
  await fault.strike(world)
  const began = performance.now()
  await fault.mend?.(world)
  await untilLevel(world)
  const recoveryMs = performance.now() - began
  return { recoveryMs, ...(await lookAtRest(world, fault)), mended: world.audience.mended() - mendedBefore }
}
