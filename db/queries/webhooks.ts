import { type QueryExecutorProvider, sql } from 'kysely'
import type { AccountLanguage, WEBHOOK_KINDS } from '../../hub/contract/vocabulary/notifications.ts'

type Db = QueryExecutorProvider

export type WebhookRow = {
  readonly id: number
  readonly label: string
  readonly url: string
  readonly kinds: (typeof WEBHOOK_KINDS)[number][]
  readonly area: string
  readonly language: AccountLanguage
  readonly template: Record<string, unknown>
  readonly created_at: Date
}

/** Without what they authorise themselves with: that is written, and read by the sender alone. */
export async function listWebhooks(db: Db): Promise<readonly WebhookRow[]> {
  const { rows } = await sql<WebhookRow>`
    select id, label, url, kinds, area, language, template, created_at from webhooks order by id`.execute(db)
  return rows
}

export async function insertWebhook(
  db: Db,
  webhook: Omit<WebhookRow, 'id'> & { readonly authorization: string | null; readonly createdBy: string | null },
): Promise<number> {
  const { label, url, kinds, area, language, template, authorization, created_at, createdBy } = webhook
  const { rows } = await sql<{ id: number }>`
    insert into webhooks (label, url, kinds, area, language, template, authorization_value, created_at, created_by)
    values (${label}, ${url}, ${kinds}::text[], ${area}, ${language}, ${JSON.stringify(template)}, ${authorization},
      ${created_at}, ${createdBy}) returning id`.execute(db)
  return rows[0]!.id
}

/** @returns whether there was one */
export async function deleteWebhook(db: Db, id: number): Promise<boolean> {
  const { rows } = await sql`delete from webhooks where id = ${id} returning id`.execute(db)
  return rows.length > 0
}
