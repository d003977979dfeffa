import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { rateAt } from './surge/rates.ts'

/**
 * Commits cases, bed reports, doses and claims by SQL, at the rates of a profile, as the drill does: a process of its
 * own, so that neither the hub nor k6 pays for it. Started by surge/run.ts with a channel: a WriterTask in; `{t: 'rate'}`
 * every second and `{t: 'done'}` at the end out. What k6's writers have taken on through the API it leaves alone.
 */
export type WriterTask = {
  readonly url: string
  readonly rates: readonly (readonly [number, number])[]
  readonly seconds: number
  /** provinces whose needs are claimed, and facilities whose beds are reported, through the API */
  readonly leaves: { readonly provinces: readonly string[]; readonly facilities: readonly number[] }
}

export type WriterReport = {
  readonly t: 'rate' | 'done'
  readonly events: number
  readonly commits: number
  readonly failed: number
  readonly error: string | undefined
}

/** Above it commits get larger instead. */
const COMMITS_PER_SECOND_MAX = 40
/** PostgreSQL cannot follow: the rate falls, it does not catch up in a burst. */
const BEHIND_MS_MAX = 500

/** Of a commit's events: a fifth cases with a need, a fifth bed reports, a tenth claims; the rest are doses. */
const CASES = 0.2
const BEDS = 0.2
const CLAIMS = 0.1

const INSERT_CASES = {
  name: 'load-cases',
  text: `
    with new as (insert into cases (district, report_day, classification, severity, stage, care_place, source, on_board)
      select code, (select day from operation), 'confirmed', (array['green', 'yellow', 'red'])[1 + floor(random() * 3)::int],
        'waiting', 'waiting', 'api', true from unnest($1::text[]) as code returning id, district)
    insert into needs (case_id, district, kind) select id, district, 'bed' from new returning id, district`,
}
const MOVE_BEDS = {
  name: 'load-beds',
  text: `
    update beds set available = available - by, occupied = occupied + by, reported_at = now()
    from (select facility_id, level, case when available > 0 and (occupied = 0 or random() < 0.5) then 1 else -1 end as by
      from unnest($1::integer[], $2::text[]) as one (facility_id, level) join beds using (facility_id, level)) as moved
    where beds.facility_id = moved.facility_id and beds.level = moved.level`,
}
const CLAIM_NEEDS = {
  name: 'load-claims',
  text: `
    update needs set status = 'claimed', claimed_by = gen_random_uuid(), holder_label = 'Load test', claimed_at = now(),
      lease_until = now() + interval '1 hour', fence = fence + 1
    where id = any($1::bigint[]) and status = 'open'`,
}
const GIVE_DOSES = {
  name: 'load-doses',
  text: `
    insert into vaccinations (district, day, dose, doses, idempotency_key)
    select code, (select day from operation), 1 + floor(random() * 3)::int, 1 + floor(random() * 60)::int, $2 || number
    from unnest($1::text[]) with ordinality as given (code, number)`,
}

/** One after the other in an order of its own, again and again: chosen here, choosing costs PostgreSQL nothing. */
class Turns<T> {
  readonly #all: readonly T[]
  #next = 0

  constructor(all: readonly T[]) {
    this.#all = all
      .map((one) => ({ one, at: Math.random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one)
  }

  /** @returns at most `count`, none of them twice */
  take(count: number): T[] {
    const taken = Math.min(count, this.#all.length)
    return Array.from({ length: taken }, () => this.#all[this.#next++ % this.#all.length]!)
  }
}

type Statement = { readonly name: string; readonly text: string }
type BedRow = { readonly facility_id: number; readonly level: string }
type NeedRow = { readonly id: string; readonly district: string }

/** Commits rows over all districts and hospitals. */
class Writing {
  readonly #client: pg.Client
  readonly #left: ReadonlySet<string>
  readonly #districts: Turns<string>
  readonly #beds: Turns<BedRow>
  /** needs that it opened and nobody claimed, the newest last */
  readonly #open: string[] = []

  private constructor(client: pg.Client, left: readonly string[], districts: string[], beds: BedRow[]) {
    this.#client = client
    this.#left = new Set(left)
    this.#districts = new Turns(districts)
    this.#beds = new Turns(beds)
  }

  static async open(client: pg.Client, leaves: WriterTask['leaves']): Promise<Writing> {
    const districts = await client.query<{ code: string }>(`select code from areas where level = 'district'`)
    const beds = await client.query<BedRow>(
      'select facility_id, level from beds where available + occupied > 0 and facility_id <> all($1::integer[])',
      [leaves.facilities],
    )
    return new Writing(
      client,
      leaves.provinces,
      districts.rows.map(({ code }) => code),
      beds.rows,
    )
  }

  /** @returns rows committed */
  async commit(events: number): Promise<number> {
    await this.#client.query('begin')
    try {
      const opened = await this.#rows<NeedRow>(INSERT_CASES, [this.#districts.take(Math.round(events * CASES))])
      const beds = this.#beds.take(Math.round(events * BEDS))
      const moved = await this.#rows(MOVE_BEDS, [beds.map((bed) => bed.facility_id), beds.map(({ level }) => level)])
      const claims = this.#open.slice(Math.max(0, this.#open.length - Math.round(events * CLAIMS)))
      const claimed = await this.#rows(CLAIM_NEEDS, [claims])
      const rest = events - opened.count - moved.count - claimed.count
      const given = await this.#rows(GIVE_DOSES, [this.#districts.take(rest), `load:${randomUUID()}:`])
      await this.#client.query('commit')
      this.#open.splice(this.#open.length - claims.length)
      this.#open.push(...opened.rows.flatMap(({ id, district }) => (this.#left.has(district.slice(0, 2)) ? [] : [id])))
      return opened.count + moved.count + claimed.count + given.count
    } catch (error) {
      await this.#client.query('rollback')
      throw error
    }
  }

  async #rows<T extends pg.QueryResultRow>(
    statement: Statement,
    values: unknown[],
  ): Promise<{ rows: T[]; count: number }> {
    const { rows, rowCount } = await this.#client.query<T>({ ...statement, values })
    return { rows, count: rowCount ?? 0 }
  }
}

export async function write(task: WriterTask, say: (report: WriterReport) => void): Promise<void> {
  const { url, rates, seconds, leaves } = task
  const client = new pg.Client({ connectionString: url, application_name: 'jitasa load test' })
  await client.connect()
  const writing = await Writing.open(client, leaves)
  const began = performance.now()
  const done = { events: 0, commits: 0, failed: 0, error: undefined as string | undefined }
  let due = 0
  let last = began
  let said = began
  while (performance.now() - began < seconds * 1000) {
    const now = performance.now()
    const rate = rateAt(rates, (now - began) / 1000)
    due += (rate * Math.min(now - last, BEHIND_MS_MAX)) / 1000
    last = now
    const events = Math.floor(due)
    if (events > 0) {
      due -= events
      try {
        done.events += await writing.commit(events)
        done.commits += 1
      } catch (error) {
        done.failed += 1
        done.error = (error as Error).message
      }
    }
    if (now - said >= 1000) {
      said = now
      say({ t: 'rate', ...done })
    }
    await pause(Math.max(1, 1000 / COMMITS_PER_SECOND_MAX - (performance.now() - now)))
  }
  await client.end()
  say({ t: 'done', ...done })
}

if (import.meta.main) {
  process.once('message', (task: WriterTask) => {
    write(task, (report) => process.send?.(report)).then(
      () => process.disconnect(),
      (error: Error) => {
        process.stderr.write(`the writer ends: ${error.message}\n`)
        process.exit(1)
      },
    )
  })
  process.once('disconnect', () => process.exit(0))
  // Ctrl-C reaches the whole group; the parent decides the order.
  process.on('SIGINT', () => undefined)
}
