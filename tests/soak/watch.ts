import { readdir } from 'node:fs/promises'
import type pg from 'pg'
import { readMemory } from '../../loadtest/bench/proc.ts'
import type { Heap } from './heap.ts'
import type { WallPage } from './page.ts'
import type { Point } from './slope.ts'

/** What may grow: each with its unit. */
export const SERIES = {
  heap: 'MB in use after a garbage collection',
  rss: 'MB resident',
  handles: 'open files and sockets',
  slots: 'replication slots',
  wal: 'MB of WAL on disk',
  kept: 'MB of WAL that slots keep',
  pageHeap: 'MiB of a wall’s page after a garbage collection, without machine code',
  pageCode: 'MiB of its machine code',
  pageNodes: 'DOM nodes of a wall’s page',
  pageListeners: 'listeners of a wall’s page',
} as const
export type Series = keyof typeof SERIES

export type Watched = { readonly [S in Series]: readonly Point[] }

const MB = 1e6
/** Of the looks, each so many-th looks at the page too: a snapshot of its heap takes seconds. */
export const PAGE_EVERY = 5

/** Looks at a hub's process, its database and a wall's page. */
export function createWatch(pid: number, heap: Heap, pool: pg.Pool, page: WallPage) {
  const seen = Object.fromEntries(Object.keys(SERIES).map((name) => [name, []])) as unknown as Record<Series, Point[]>
  let looks = 0
  return {
    seen: seen as Watched,
    /** @param at hours since the start */
    async look(at: number): Promise<void> {
      const { rows } = await pool.query<{ slots: number; wal: number; kept: number }>(
        `select (select count(*)::int from pg_replication_slots) as slots,
           (select sum(size)::float8 from pg_ls_waldir()) as wal,
           (select coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)), 0)::float8 from pg_replication_slots) as kept`,
      )
      const { slots, wal, kept } = rows[0]!
      const shown = looks++ % PAGE_EVERY === 0 ? await page.look() : undefined
      const values: Partial<Record<Series, number>> = {
        heap: (await heap.used()) / MB,
        rss: readMemory(pid).rss / MB,
        handles: (await readdir(`/proc/${pid}/fd`)).length,
        ...{ slots, wal: wal / MB, kept: kept / MB },
        ...(shown && {
          ...{ pageHeap: shown.heap, pageCode: shown.code, pageNodes: shown.nodes, pageListeners: shown.listeners },
        }),
      }
      for (const [name, value] of Object.entries(values)) seen[name as Series].push({ at, value })
    },
  }
}
