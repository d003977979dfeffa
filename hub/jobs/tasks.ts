import { expireCalls } from '../../db/queries/calls.ts'
import { EXPIRE_BATCH, expireLeases, type Queryable } from '../../db/queries/claims-expiry.ts'
import { eraseAsked } from '../../db/queries/erasure.ts'
import { expireHolds, HOLDS_BATCH } from '../../db/queries/holds-expiry.ts'
import { markLate, mendCensus } from '../../db/queries/lateness.ts'
import { writeOldest } from '../../db/queries/oldest.ts'
import { endMessages } from '../../db/queries/period.ts'
import { CLAIMS_BATCH, expireResourceClaims } from '../../db/queries/resources.ts'
import { announceRules, keepRule } from '../../db/queries/retention.ts'
import { endOrders } from '../../db/queries/screen-orders.ts'
import { endSessionsOver, SESSIONS_BATCH } from '../../db/queries/sessions-end.ts'
import { DELETE_BATCH, deleteBatch, sweep } from '../../db/queries/sweep.ts'
import {
  ageContacts,
  markUncalled,
  markUncontacted,
  UNCALLED_BATCH,
  UNCONTACTED_BATCH,
  unmarkCalled,
  unmarkContacted,
} from '../../db/queries/uncontacted.ts'
import { RETENTION_RULES, type RetentionRule } from '../contract/privacy/retention.ts'
import { startOfToday } from '../work/care/care-list.ts'
import { bangkokDay } from '../work/command/days.ts'

/** Something done once for all hubs, by the one that leads, as SQL; what it changes comes back to everyone over the stream. */
export type Task = {
  readonly name: string
  /** ms between two runs */
  readonly everyMs: number
  /** changes something at almost every run: no news for the log */
  readonly quiet?: true
  /** @param now ms since 1970. @returns rows changed */
  run(db: Queryable, now: number): Promise<number>
}

/** What each rule of retention makes the leading process do. */
const FORGETS: Readonly<Record<RetentionRule, string>> = {
  requests: 'erase whose request has ended',
  register: 'empty old entries of the register',
  calls: 'forget the numbers of calls',
  codes: 'forget one-time codes',
  answers: 'forget idempotency keys',
  notices: 'forget notices',
  invitations: 'forget invitations',
  audit: 'forget old entries of the audit log',
}

export const TASKS: readonly Task[] = [
  {
    name: 'end sessions',
    everyMs: 5_000,
    run: (db, now) => sweep(SESSIONS_BATCH, () => endSessionsOver(db, now)),
  },
  {
    name: 'expire leases',
    everyMs: 2_000,
    run: (db, now) => sweep(EXPIRE_BATCH, () => expireLeases(db, now)),
  },
  {
    name: 'give back calls',
    everyMs: 5_000,
    run: (db, now) => expireCalls(db, now),
  },
  {
    name: 'end claims of resources',
    everyMs: 10_000,
    run: (db, now) => sweep(CLAIMS_BATCH, () => expireResourceClaims(db, now)),
  },
  {
    name: 'end holds',
    everyMs: 2_000,
    run: (db, now) => sweep(HOLDS_BATCH, () => expireHolds(db, now)),
  },
  {
    name: 'end messages of command',
    everyMs: 2_000,
    run: (db, now) => endMessages(db, now),
  },
  {
    name: 'end orders of screens',
    everyMs: 2_000,
    run: (db, now) => endOrders(db, now),
  },
  {
    // A drill's day is set by who runs it, a replay's by the file; only the real one follows the calendar, forward.
    name: 'turn the day',
    everyMs: 1_000,
    async run(db, now) {
      const { rowCount } = await db.query(
        `update operation set day = $1::date where kind = 'live' and day < $1::date`,
        [bangkokDay(now)],
      )
      return rowCount ?? 0
    },
  },
  {
    name: 'mark who is late',
    everyMs: 30_000,
    run: (db, now) => markLate(db, now),
  },
  {
    name: 'mend the census',
    everyMs: 30_000,
    run: (db) => mendCensus(db),
  },
  {
    name: 'mark whom nobody has reached',
    everyMs: 60_000,
    async run(db, now) {
      const marked = await sweep(UNCONTACTED_BATCH, () => markUncontacted(db, now))
      return marked + (await sweep(UNCONTACTED_BATCH, () => unmarkContacted(db, now)))
    },
  },
  {
    name: 'tell how long nobody has reached whom',
    everyMs: 60_000,
    quiet: true,
    run: (db, now) => sweep(UNCONTACTED_BATCH, () => ageContacts(db, now)),
  },
  {
    name: 'mark who was not called today',
    everyMs: 15_000,
    async run(db, now) {
      const { at } = startOfToday(now)
      const marked = await sweep(UNCALLED_BATCH, () => markUncalled(db, at))
      return marked + (await sweep(UNCALLED_BATCH, () => unmarkCalled(db, at)))
    },
  },
  {
    name: 'write the oldest',
    everyMs: 2_000,
    quiet: true,
    run: (db) => writeOldest(db),
  },
  {
    name: 'forget who has looked away',
    everyMs: 5_000,
    run: (db, now) => sweep(DELETE_BATCH, () => deleteBatch(db, 'presence', 'until < $1', new Date(now))),
  },
  {
    name: 'erase whom asked for it',
    everyMs: 60_000,
    run: (db, now) => eraseAsked(db, now),
  },
  ...RETENTION_RULES.map(
    (rule): Task => ({ name: FORGETS[rule], everyMs: 600_000, run: (db, now) => keepRule(db, rule, now) }),
  ),
  {
    name: 'announce what goes',
    everyMs: 3_600_000,
    quiet: true,
    run: (db, now) => announceRules(db, now),
  },
]
