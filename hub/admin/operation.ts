import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { UsageProblem } from '../../db/command-line.ts'
import { audit, readAudit } from '../../db/queries/accounts-audit.ts'
import type { Database } from '../../db/schema.ts'
import type { Io } from '../../db/terminal.ts'
import { OPERATION_KINDS, type OperationKind } from '../contract/vocabulary/operation.ts'
import { OPERATOR, Refusal } from './accounts.ts'

const FOLLOW_MS = 1000
const LAST_DEFAULT = 50
const LAST_MAX = 10_000

export type OwnerContext = { readonly db: Kysely<Database>; readonly io: Io }

export type DayOptions = { readonly kind?: string | undefined; readonly yes?: boolean | undefined }

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) === text
}

/** Moves the operation's day, for every screen at once. It warns, and wants a yes. */
export async function setDay({ db, io }: OwnerContext, day: string | undefined, options: DayOptions): Promise<void> {
  if (day === undefined || !isDay(day))
    throw new UsageProblem(`set-day takes a day like 2021-11-11, not "${day ?? ''}"`)
  const { kind } = options
  if (kind !== undefined && !isKind(kind))
    throw new UsageProblem(`--kind takes ${OPERATION_KINDS.join(', ')}, not "${kind}"`)
  const before = await db.selectFrom('operation').selectAll().executeTakeFirstOrThrow()
  io.err(`Today is ${before.day} (${before.kind}) on every screen; it becomes ${day} (${kind ?? before.kind}) at once.`)
  if (day < before.day) io.err('That is back in time: what was reported for later days stays, and is not shown.')
  if (kind === 'live' && before.kind !== 'live')
    io.err('The operation turns live: drill accounts are signed out and stay out.')
  const agreed = options.yes || /^y(es)?$/i.test((await io.ask('Go on? [y/N] ')) ?? '')
  if (!agreed) throw new Refusal('Nothing was changed. Say yes, or give --yes.')
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('operation')
      .set({ day, ...(kind && { kind }) })
      .execute()
    await audit(trx, {
      actor: null,
      role: OPERATOR.role,
      action: 'operation.set_day',
      resource: 'operation:1',
      details: { from: before.day, to: day, kind: kind ?? before.kind },
    })
  })
  io.out(`Today is ${day}.`)
}

function isKind(text: string): text is OperationKind {
  return (OPERATION_KINDS as readonly string[]).includes(text)
}

export type AuditOptions = {
  readonly last?: string | undefined
  readonly action?: string | undefined
  readonly resource?: string | undefined
  readonly follow?: boolean | undefined
}

/** The newest rows, oldest first; with `follow`, then each new one until the process ends. */
export async function tailAudit({ db, io }: OwnerContext, options: AuditOptions): Promise<void> {
  const limit = options.last === undefined ? LAST_DEFAULT : Number(options.last)
  if (!Number.isInteger(limit) || limit < 1 || limit > LAST_MAX) {
    throw new UsageProblem(`--last takes a number from 1 to ${LAST_MAX}`)
  }
  const { action, resource } = options
  let newest = 0
  do {
    const rows = await readAudit(db, { action, resource }, { limit })
    for (const row of rows.filter(({ id }) => id > newest).reverse()) {
      const who = row.actor === null ? row.role : `${row.role} ${row.actor}`
      const where = row.area === null ? '' : ` in ${row.area}`
      io.out(`${row.at.toISOString()} ${who}: ${row.action} ${row.resource}${where} ${JSON.stringify(row.details)}`)
      newest = row.id
    }
    if (options.follow) await sleep(FOLLOW_MS)
  } while (options.follow)
}
