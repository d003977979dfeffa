import { AUDIT_DAYS_LEAST } from '../../hub/contract/privacy/retention.ts'
import { type Base, ChainReader, chainHash, EMPTY, type Head, type Link, sayFinding } from '../audit-chain.ts'
import type { Queryable } from './claims-expiry.ts'

/** Entries that one transaction chains, and links that one page of a verification reads. */
export const CHAIN_BATCH = 5_000
const VERIFY_PAGE = 10_000
/** Links that one statement lets go. */
export const PRUNE_BATCH = 5_000

const utc = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** All that an entry says, one way only: what its link hashes. */
const SAID = `case when l.id is not null then jsonb_build_array(l.id, ${utc('l.at')}, l.actor, l.role, l.action, l.resource, l.area, l.request_id, l.details,
  l.address, l.session)::text end`

type Pending = { entry: number; adopted: boolean; said: string | null; now: string }

/**
 * Chains what was committed since, what stood in the log before the chain first. The job that leads alone calls it; a second one would break on
 * the key of its first link. @returns how many, and the newest link
 */
export async function chainEntries(db: Queryable): Promise<{ chained: number; head: Head | null }> {
  await db.query('begin', [])
  try {
    const { rows: newest } = await db.query('select seq, hash from audit_chain order by seq desc limit 1', [])
    let { seq, hash } = (newest[0] as { seq: number; hash: Buffer } | undefined) ?? { seq: 0, hash: EMPTY }
    const { rows } = await db.query(
      `select p.entry, p.adopted, ${SAID} as said, ${utc('clock_timestamp()')} as now
       from audit_pending p left join audit_log l on l.id = p.entry order by p.adopted desc, p.entry limit ${CHAIN_BATCH}`,
      [],
    )
    const pending = rows as Pending[]
    const now = pending.at(-1)?.now ?? ''
    const links = pending.map(({ entry, adopted, said }) => {
      seq++
      hash = chainHash(hash, { seq, entry, chainedAt: now, adopted, said })
      return { seq, entry, adopted, hash: hash.toString('hex') }
    })
    if (links.length > 0) {
      await db.query(
        `insert into audit_chain (seq, entry, chained_at, adopted, hash)
         select seq, entry, $2::timestamptz, adopted, decode(hash, 'hex')
         from jsonb_to_recordset($1::jsonb) as link (seq bigint, entry bigint, adopted boolean, hash text)`,
        [JSON.stringify(links), now],
      )
      await db.query('delete from audit_pending where entry = any ($1::bigint[])', [links.map(({ entry }) => entry)])
    }
    await db.query('commit', [])
    return { chained: links.length, head: seq === 0 ? null : { seq, hash: hash.toString('hex') } }
  } catch (error) {
    await db.query('rollback', [])
    throw error
  }
}

/** Publishes the newest link. @returns whether it was news */
export async function publishHead(db: Queryable, { seq, hash }: Head, now: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into audit_head (id, seq, hash, at) values (1, $1, $2, $3)
     on conflict (id) do update set seq = excluded.seq, hash = excluded.hash, at = excluded.at
     where (audit_head.seq, audit_head.hash) is distinct from (excluded.seq, excluded.hash)`,
    [seq, hash, new Date(now)],
  )
  return (rowCount ?? 0) > 0
}

/** The chain in its order, each link with what its entry says now. To be read in one snapshot. */
export async function* readChain(db: Queryable, from = 0): AsyncGenerator<Link> {
  for (let after = from; ; ) {
    const { rows } = await db.query(
      `select c.seq, c.entry, ${utc('c.chained_at')} as "chainedAt", c.adopted, c.hash, ${utc('l.at')} as at, ${SAID} as said
       from (select * from audit_chain where seq > $1 order by seq limit ${VERIFY_PAGE}) c
       left join audit_log l on l.id = c.entry order by c.seq`,
      [after],
    )
    yield* rows as Link[]
    if (rows.length < VERIFY_PAGE) return
    after = (rows.at(-1) as Link).seq
  }
}

/** Entries without a link: those that wait for theirs, and since when. */
export async function unchained(db: Queryable): Promise<{ entry: number; at: string; waits: boolean }[]> {
  const { rows } = await db.query(
    `select l.id as entry, ${utc('l.at')} as at, p.entry is not null as waits from audit_log l
     left join audit_pending p on p.entry = l.id
     where not exists (select from audit_chain c where c.entry = l.id) order by l.id`,
    [],
  )
  return rows as { entry: number; at: string; waits: boolean }[]
}

export async function publishedHead(db: Queryable): Promise<Head | null> {
  const { rows } = await db.query('select seq, hash from audit_head', [])
  return (rows[0] as Head | undefined) ?? null
}

/** From where the chain goes on, when its oldest part was let go. */
export async function chainBase(db: Queryable): Promise<Base | undefined> {
  const { rows } = await db.query(
    `select seq, hash, extract(epoch from clock_timestamp() - interval '${AUDIT_DAYS_LEAST} days')::float8 * 1000 as "atMost" from audit_pruned`,
    [],
  )
  return rows[0] as Base | undefined
}

/**
 * Lets the oldest part of the log and its chain go, a batch of what was chained before. It is verified first: what was tampered with stays until people
 * have seen it. @returns links that went
 */
export async function pruneAudit(db: Queryable, before: Date): Promise<number> {
  // Of the old links the newest stays: without a second one there is nothing to read.
  const second =
    'select from (select chained_at from audit_chain order by seq offset 1 limit 1) as second where chained_at < $1'
  if ((await db.query(second, [before])).rows.length === 0) return 0
  const base = await chainBase(db)
  const reader = new ChainReader([], base)
  let read = 0
  for await (const link of readChain(db, base?.seq)) {
    if (read++ > PRUNE_BATCH || Date.parse(link.chainedAt) >= before.getTime()) break
    reader.add(link)
  }
  const [finding] = read < 2 ? [] : reader.end([]).findings
  if (finding) throw new Error(`the audit log is kept as it is until somebody has looked: ${sayFinding(finding)}`)
  const { rows } = await db.query('select jitasa_prune_audit($1, $2) as gone', [before, PRUNE_BATCH])
  return (rows[0] as { gone: number }).gone
}
