import { type Pending, readPending, writePending } from '../../db/queries/alert-watch.ts'
import type { Queryable } from '../../db/queries/claims-expiry.ts'
import { keyOf, type Reading } from '../alerts/readings.ts'

const facilityOf = (id: number) => (id === 0 ? null : { id })

/**
 * Since when what waits before it rings has been so, kept in the database: whoever leads next goes on from there. What is
 * not known while nobody leads keeps its time, as it does while a source is away.
 */
export class Waiting {
  #kept = new Map<string, Pending>()

  /** @returns as the last that led has seen it, ms since 1970 */
  async load(db: Queryable): Promise<ReadonlyMap<string, number>> {
    const rows = await readPending(db)
    this.#kept = new Map(
      rows.map((row) => [keyOf(row.rule, { area: row.area, facility: facilityOf(row.facility) }), row]),
    )
    return new Map([...this.#kept].map(([key, { since }]) => [key, since.getTime()]))
  }

  /** Writes what has begun and what is over. */
  async keep(
    db: Queryable,
    { all, since }: { readonly all: ReadonlyMap<string, Reading>; readonly since: ReadonlyMap<string, number> },
  ): Promise<void> {
    const begun = new Map<string, Pending>()
    for (const [key, at] of since) {
      const reading = all.get(key)
      if (reading === undefined || reading.rule.forSeconds === 0) continue
      if (this.#kept.get(key)?.since.getTime() === at) continue
      const { rule, area, facility } = reading
      begun.set(key, { rule: rule.id, area, facility: facility?.id ?? 0, since: new Date(at) })
    }
    const over = [...this.#kept].filter(([key]) => !since.has(key))
    if (begun.size === 0 && over.length === 0) return
    await writePending(
      db,
      [...begun.values()],
      over.map(([, row]) => row),
    )
    for (const [key] of over) this.#kept.delete(key)
    for (const [key, row] of begun) this.#kept.set(key, row)
  }
}
