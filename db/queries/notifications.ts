import { type QueryExecutorProvider, sql } from 'kysely'
import type {
  AccountLanguage,
  MessageChannel,
  MessageFailure,
  MessageKind,
  MessageState,
  NotificationKind,
} from '../../hub/contract/vocabulary/notifications.ts'

type Db = QueryExecutorProvider

/** Messages of one's own that the page shows. */
const RECENT_MAX = 10

export type SettingsRow = {
  readonly kinds: NotificationKind[]
  readonly language: AccountLanguage
  /** minutes of the Bangkok day */
  readonly quiet_from: number | null
  readonly quiet_until: number | null
  readonly email: string | null
  readonly email_confirmed: boolean
  readonly email_code: Buffer | null
  readonly email_code_until: Date | null
  readonly email_tries: number
}

/** Under row-level security all of these are the account's own. */
export async function readSettings(db: Db, account: string, lock = false): Promise<SettingsRow | undefined> {
  const { rows } = await sql<SettingsRow>`
    select kinds, language, quiet_from, quiet_until, email, email_confirmed, email_code, email_code_until, email_tries
    from notification_settings where account = ${account} ${lock ? sql`for update` : sql``}`.execute(db)
  return rows[0]
}

export async function writeSettings(
  db: Db,
  account: string,
  { kinds, language, quiet_from, quiet_until }: Pick<SettingsRow, 'kinds' | 'language' | 'quiet_from' | 'quiet_until'>,
): Promise<void> {
  await sql`insert into notification_settings (account, kinds, language, quiet_from, quiet_until)
    values (${account}, ${kinds}::text[], ${language}, ${quiet_from}, ${quiet_until})
    on conflict (account) do update set kinds = excluded.kinds, language = excluded.language,
      quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until`.execute(db)
}

/** Who switches on their first way out wants what their role may be told of; who has chosen keeps their choice. */
export async function ensureSettings(
  db: Db,
  account: string,
  kinds: readonly NotificationKind[],
  language: AccountLanguage,
): Promise<void> {
  await sql`insert into notification_settings (account, kinds, language) values (${account}, ${[...kinds]}::text[], ${language})
    on conflict do nothing`.execute(db)
}

type EmailRow = Partial<
  Pick<SettingsRow, 'email' | 'email_confirmed' | 'email_code' | 'email_code_until' | 'email_tries'>
>

/** The settings must stand. */
export async function writeEmail(db: Db, account: string, given: EmailRow): Promise<void> {
  const sets = Object.entries(given).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  await sql`update notification_settings set ${sql.join(sets)} where account = ${account}`.execute(db)
}

export type DeviceRow = {
  readonly id: number
  readonly label: string
  readonly created_at: Date
  readonly last_ok_at: Date | null
}

export async function listDevices(db: Db): Promise<readonly DeviceRow[]> {
  const { rows } = await sql<DeviceRow>`
    select id, label, created_at, last_ok_at from push_subscriptions order by id`.execute(db)
  return rows
}

export type NewDevice = {
  readonly account: string
  readonly sessionHash: string
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
  readonly label: string
  readonly at: Date
}

/** A browser has one subscription: whose it was before, it is no longer. @returns its id */
export async function insertDevice(
  db: Db,
  { account, sessionHash, endpoint, p256dh, auth, label, at }: NewDevice,
): Promise<number> {
  await sql`select jitasa_forget_endpoint(${endpoint})`.execute(db)
  const { rows } = await sql<{ id: number }>`
    insert into push_subscriptions (account, session_hash, endpoint, p256dh, auth, label, created_at)
    values (${account}, ${sessionHash}, ${endpoint}, ${p256dh}, ${auth}, ${label}, ${at}) returning id`.execute(db)
  return rows[0]!.id
}

/** Another endpoint for a device of the account's own. @returns its id; `undefined` when there is none of the old endpoint */
export async function replaceDevice(
  db: Db,
  old: string,
  { endpoint, p256dh, auth, sessionHash }: Omit<NewDevice, 'account' | 'label' | 'at'>,
): Promise<number | undefined> {
  if (endpoint !== old) await sql`select jitasa_forget_endpoint(${endpoint})`.execute(db)
  const { rows } = await sql<{ id: number }>`
    update push_subscriptions set endpoint = ${endpoint}, p256dh = ${p256dh}, auth = ${auth}, session_hash = ${sessionHash}
      where endpoint = ${old} returning id`.execute(db)
  return rows[0]?.id
}

/** @returns whether it was one of the account's own */
export async function deleteDevice(db: Db, id: number): Promise<boolean> {
  const { rows } = await sql`delete from push_subscriptions where id = ${id} returning id`.execute(db)
  return rows.length > 0
}

export type RecentRow = {
  readonly id: number
  readonly kind: MessageKind
  readonly channel: MessageChannel
  readonly at: Date
  readonly state: MessageState
  readonly failure: MessageFailure | null
}

export async function listRecent(db: Db): Promise<readonly RecentRow[]> {
  const { rows } = await sql<RecentRow>`
    select id, kind, channel, coalesce(sent_at, created_at) as at, state, failure from notifications
    order by id desc limit ${RECENT_MAX}`.execute(db)
  return rows
}

/** For the account itself: a test, or the code that confirms its mail address. */
export async function insertOwnNotice(
  db: Db,
  notice: {
    readonly kind: 'test' | 'code'
    readonly key: string
    readonly account: string
    readonly facts: Readonly<Record<string, string>>
    readonly at: Date
    readonly usefulUntil: Date
  },
): Promise<void> {
  const { kind, key, account, facts, at, usefulUntil } = notice
  await sql`insert into notices (key, kind, area, account, facts, at, useful_until)
    values (${`${kind}:${key}`}, ${kind}, 'TH', ${account}, ${JSON.stringify(facts)}, ${at}, ${usefulUntil})`.execute(
    db,
  )
}
