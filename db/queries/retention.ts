import { type QueryExecutorProvider, sql } from 'kysely'
import {
  ANNOUNCED_DAYS,
  ANNOUNCED_RULES,
  RETENTION_RULES,
  type RetentionRule,
} from '../../hub/contract/privacy/retention.ts'
import { PRUNE_BATCH, pruneAudit } from './audit-chain.ts'
import { forgetCallNumbers } from './calls.ts'
import type { Queryable } from './claims-expiry.ts'
import { countEnded, countUnused, ERASE_BATCH, eraseEnded, eraseRegister } from './erasure.ts'
import { announceDays } from './retention-announced.ts'
import { DELETE_BATCH, deleteBatch, sweep } from './sweep.ts'

const DAY_MS = 86_400_000
/** More than this is said as this. */
const COUNT_MAX = 10_000

type Standing = { readonly rule: RetentionRule; readonly days: number; readonly version: number }
type Sweep = {
  readonly batch: number
  /** @returns rows that went */
  once(db: Queryable, before: Date, standing: Standing): Promise<number>
  /** what would go: `$1` is before when */
  readonly due: string
}

function deletes(table: string, where: string): Sweep {
  return {
    batch: DELETE_BATCH,
    due: `select 1 from ${table} where ${where}`,
    once: (db, before) => deleteBatch(db, table, where, before),
  }
}

const SWEEPS: Readonly<Record<RetentionRule, Sweep>> = {
  requests: {
    batch: ERASE_BATCH,
    due: countEnded,
    once: (db, before, { rule, version }) => eraseEnded(db, before, { rule, version }),
  },
  register: { batch: ERASE_BATCH, due: countUnused, once: eraseRegister },
  calls: {
    batch: Number.POSITIVE_INFINITY,
    due: `select 1 from call_numbers join calls on calls.id = call_id where state = 'ended' and ended_at < $1`,
    once: (db, before) => forgetCallNumbers(db, before.getTime()),
  },
  codes: deletes('one_time_codes', 'expires_at < $1'),
  answers: deletes('idempotency', 'at < $1'),
  notices: deletes('notices', 'at < $1'),
  invitations: deletes('invitations', 'coalesce(accepted_at, expires_at) < $1'),
  audit: {
    batch: PRUNE_BATCH,
    // The newest of them stays, as the chain's beginning.
    due: `select 1 from audit_chain where chained_at < $1 offset 1`,
    once: pruneAudit,
  },
}

/** A rule as it holds now: what was announced and is due has become it. */
async function standingOf(db: Queryable, rule: RetentionRule, now: number): Promise<Standing> {
  await db.query(
    `update retention_rules set days = next_days, version = version + 1, next_days = null, next_from = null
     where rule = $1 and next_from <= $2`,
    [rule, new Date(now)],
  )
  const { rows } = await db.query('select days, version from retention_rules where rule = $1', [rule])
  const found = rows[0] as { days: number; version: number } | undefined
  if (found === undefined) throw new Error(`no rule says how long ${rule} are kept`)
  return { rule, ...found }
}

/** Lets go what a rule says, and writes how much under which version, also into the audit log. @returns rows that went */
export async function keepRule(db: Queryable, rule: RetentionRule, now: number): Promise<number> {
  const standing = await standingOf(db, rule, now)
  const { batch, once } = SWEEPS[rule]
  const before = new Date(now - standing.days * DAY_MS)
  const gone = await sweep(batch, () => once(db, before, standing))
  if (gone > 0) {
    const { days, version } = standing
    await db.query(
      `with ran as (insert into retention_runs (rule, version, days, ran_at, gone) values ($1, $2, $3, $4, $5))
       insert into audit_log (actor, role, action, resource, details)
       values (null, 'jobs', 'retention.ran', 'retention:' || $1, jsonb_build_object('version', $2::int, 'days', $3::int, 'gone', $5::int))`,
      [rule, version, days, new Date(now), gone],
    )
  }
  return gone
}

/** Counts what goes within the days of announcement, under the rule that holds then, and announces the days on which it does. @returns rules counted */
export async function announceRules(db: Queryable, now: number): Promise<number> {
  for (const rule of RETENTION_RULES) {
    const { rows } = await db.query('select least(days, next_days) as days from retention_rules where rule = $1', [
      rule,
    ])
    const { days } = rows[0] as { days: number }
    const before = new Date(now + (ANNOUNCED_DAYS - days) * DAY_MS)
    await db.query(
      `update retention_rules set counted_at = $3, soon = (select count(*) from (${SWEEPS[rule].due} limit ${COUNT_MAX}) as due)
       where rule = $2`,
      [before, rule, new Date(now)],
    )
  }
  for (const rule of ANNOUNCED_RULES) await announceDays(db, rule, now)
  return RETENTION_RULES.length
}

export type RetentionRow = Standing & {
  readonly nextDays: number | null
  readonly nextFrom: Date | null
  readonly soon: number | null
  readonly countedAt: Date | null
}

export async function readRetention(db: QueryExecutorProvider): Promise<readonly RetentionRow[]> {
  const { rows } = await sql<RetentionRow>`
    select rule, days, version, next_days as "nextDays", next_from as "nextFrom", soon, counted_at as "countedAt"
    from retention_rules`.execute(db)
  return RETENTION_RULES.flatMap((rule) => rows.filter((row) => row.rule === rule))
}

export type RetentionRun = Standing & { readonly ranAt: Date; readonly gone: number }

/** The newest runs of all rules. */
export async function retentionRuns(db: QueryExecutorProvider, limit: number): Promise<readonly RetentionRun[]> {
  const { rows } = await sql<RetentionRun>`
    select rule, version, days, ran_at as "ranAt", gone from retention_runs order by id desc limit ${limit}`.execute(db)
  return rows
}

/** @param from when it holds; null: at once. @returns what stood before */
export async function writeRetention(
  db: QueryExecutorProvider,
  { rule, days, from }: { readonly rule: RetentionRule; readonly days: number; readonly from: Date | null },
): Promise<number> {
  const { rows } = await sql<{ before: number }>`
    with stood as (select days from retention_rules where rule = ${rule} for update)
    update retention_rules set
      days = case when ${from}::timestamptz is null then ${days} else retention_rules.days end,
      version = retention_rules.version + case when ${from}::timestamptz is null then 1 else 0 end,
      next_days = case when ${from}::timestamptz is null then null else ${days}::int end,
      next_from = ${from}::timestamptz
    from stood where rule = ${rule} returning stood.days as before`.execute(db)
  const before = rows[0]?.before
  if (before === undefined) throw new Error(`no rule ${rule} to change`)
  return before
}
