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

/** Of a commit's events: half doses, a fifth cases with a need, a fifth bed reports, a tenth claims. */
const STATEMENTS: readonly {
  readonly share: number
  readonly text: string
  /** the second parameter */
  readonly also?: 'key' | keyof WriterTask['leaves']
}[] = [
  {
    share: 0.2,
    text: `with place as (select code from areas where level = 'district' order by random() limit $1),
      new as (insert into cases (district, report_day, classification, severity, stage, care_place, source, on_board)
        select code, (select day from operation), 'confirmed', (array['green', 'yellow', 'red'])[1 + floor(random() * 3)::int],
          'waiting', 'waiting', 'api', true from place returning id, district)
      insert into needs (case_id, district, kind) select id, district, 'bed' from new`,
  },
  {
    share: 0.2,
    text: `update beds set available = available - by, occupied = occupied + by, reported_at = now()
      from (select ctid as it, case when available > 0 and (occupied = 0 or random() < 0.5) then 1 else -1 end as by
        from beds where available + occupied > 0 and facility_id <> all($2::integer[]) order by random() limit $1) as moved
      where beds.ctid = moved.it`,
    also: 'facilities',
  },
  {
    share: 0.1,
    text: `update needs set status = 'claimed', claimed_by = gen_random_uuid(), holder_label = 'Load test', claimed_at = now(),
        lease_until = now() + interval '1 hour', fence = fence + 1
      where id in (select id from needs where status = 'open' and left(district, 2) <> all($2::text[])
        order by id desc limit $1 for update skip locked)`,
    also: 'provinces',
  },
  {
    share: 0.5,
    text: `insert into vaccinations (district, day, dose, doses, idempotency_key)
      select code, (select day from operation), 1 + floor(random() * 3)::int, 1 + floor(random() * 60)::int, $2 || row_number() over ()
      from (select code from areas where level = 'district' order by random() limit $1) as place`,
    also: 'key',
  },
]

async function commit(client: pg.Client, events: number, leaves: WriterTask['leaves']): Promise<void> {
  await client.query('begin')
  try {
    let left = events
    const second = { ...leaves, key: `load:${randomUUID()}:` }
    for (const [i, { share, text, also }] of STATEMENTS.entries()) {
      const rows = i === STATEMENTS.length - 1 ? left : Math.min(left, Math.round(events * share))
      left -= rows
      if (rows > 0) await client.query(text, also === undefined ? [rows] : [rows, second[also]])
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

export async function write(task: WriterTask, say: (report: WriterReport) => void): Promise<void> {
  const { url, rates, seconds, leaves } = task
  const client = new pg.Client({ connectionString: url, application_name: 'jitasa load test' })
  await client.connect()
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
        await commit(client, events, leaves)
        done.events += events
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
