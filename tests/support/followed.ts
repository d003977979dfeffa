import { expect } from 'vitest'
import { compare } from '../../db/verify/compare.ts'
import { expectedFromSql } from '../../db/verify/expected.ts'
import { GRANT_TABLES } from '../../hub/authorize/grants.ts'
import { applyDelta, emptyScope } from '../../hub/contract/live/apply.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { Situation } from '../../hub/situation/index.ts'
import { startSource, startStreamSource } from '../../hub/source/index.ts'
import type { BusOptions } from '../../hub/source/jetstream/bus.ts'
import { Feeder } from '../../hub/source/jetstream/feeder.ts'
import type { FollowedOptions, Source } from '../../hub/source/source.ts'
import type { TestDatabase } from './pg.ts'

const logger = createLogger('silent')

/** The fold of a hub, as it follows a feed, and clients of some scopes that take its deltas. */
export type Followed = {
  readonly situation: Situation
  readonly source: Source
  /** snapshots it has taken */
  readonly snapshots: () => number
  /** deltas of the clients since the last time */
  drain(): void
  /** what its clients hold, and what a new one gets, is what SQL says at this moment */
  equalsSql(database: TestDatabase): Promise<void>
  stop(): Promise<void>
}

function follow(scopes: readonly Scope[], start: (options: FollowedOptions) => Source): Followed {
  const situation = new Situation()
  const live = scopes.map((scope) => emptyScope(scope))
  let snapshots = 0
  const source = start({
    clock: systemClock,
    logger,
    alsoRead: GRANT_TABLES,
    onSnapshot(snapshot) {
      situation.reset(snapshot)
      snapshots++
    },
    onTransaction(tx) {
      if (situation.apply(tx) === 'resnapshot') source.resnapshot('test')
    },
    onState: () => undefined,
  })
  const drain = (): void => {
    for (const delta of situation.flush()) {
      const state = live.find(({ scope }) => scope === delta.s)
      if (state && state.position > 0) applyDelta(state, delta)
    }
  }
  return {
    situation,
    source,
    snapshots: () => snapshots,
    drain,
    async equalsSql(database) {
      drain()
      for (const state of live) {
        const { cells, rows } = (await expectedFromSql(database.pool, [state.scope])).get(state.scope)!
        const fresh = emptyScope(state.scope)
        applyDelta(fresh, situation.since(state.scope, 0))
        applyDelta(state, situation.since(state.scope, state.position))
        expect(compare(fresh, { cells, rows }).differences).toEqual([])
        expect(compare(state, { cells, rows }).differences).toEqual([])
        expect(state.sum).toBe(fresh.sum)
      }
    },
    stop: () => source.stop(),
  }
}

export const followPostgres = (scopes: readonly Scope[], { hubUrl }: TestDatabase): Followed =>
  follow(scopes, (options) => startSource({ ...options, url: hubUrl, publication: 'jitasa', limits: { steadyMs: 0 } }))

export const followNats = (scopes: readonly Scope[], bus: BusOptions): Followed =>
  follow(scopes, (options) => startStreamSource(bus, options))

let feeders = 0

export function startFeeder(
  { hubUrl }: Pick<TestDatabase, 'hubUrl'>,
  bus: BusOptions,
  options: { readonly replicas?: number; readonly snapshotMs?: number } = {},
): Feeder {
  return new Feeder({
    ...{ url: hubUrl, bus, replicas: options.replicas ?? 1, alsoRead: GRANT_TABLES, clock: systemClock, logger },
    ...(options.snapshotMs === undefined ? {} : { snapshotMs: options.snapshotMs }),
    name: `feeder-${feeders++}`,
  })
}
