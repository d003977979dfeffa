import { appendFile } from 'node:fs/promises'
import { ADVISORY_LOCKS } from '../../db/advisory-locks.ts'
import type { Head } from '../../db/audit-chain.ts'
import { CHAIN_BATCH, chainEntries, publishHead } from '../../db/queries/audit-chain.ts'
import type { Config } from '../runtime/config.ts'
import type { Logger } from '../runtime/logger.ts'
import { post } from '../senders/delivery.ts'
import type { JobsOptions } from './index.ts'
import type { Task } from './tasks.ts'

const CHAIN_MS = 250
/** A head goes to every screen, so not with every link. */
const PUBLISH_MS = 10_000
const WEBHOOK_MS_MAX = 5_000

export type HeadOptions = Pick<Config, 'auditHeadFile' | 'auditHeadWebhook'>

/** The line of a head in a file of heads. */
export const headLine = ({ seq, hash }: Head, now: number): string => `${new Date(now).toISOString()} ${seq} ${hash}\n`

/**
 * Chains the audit log within a second of each commit, and tells the newest link to every hub, to a file and to a webhook. A session and a lock of its
 * own: neither waits for what other jobs do.
 */
export function auditJob(
  { auditHeadFile, auditHeadWebhook }: HeadOptions,
  logger: Logger,
): Pick<JobsOptions, 'tasks' | 'lock' | 'tickMs'> {
  let published = { at: Number.NEGATIVE_INFINITY, seq: 0 }
  const tell = async (head: Head, now: number): Promise<void> => {
    if (auditHeadFile) await appendFile(auditHeadFile, headLine(head, now))
    if (!auditHeadWebhook) return
    const body = JSON.stringify({ ...head, at: new Date(now).toISOString() })
    const headers = { 'content-type': 'application/json', 'idempotency-key': `${head.seq} ${head.hash}` }
    const status = await post(auditHeadWebhook, headers, body, WEBHOOK_MS_MAX)
    const taken = typeof status === 'number' && status >= 200 && status < 300
    if (!taken)
      logger.warn({ seq: head.seq, answer: status }, 'the head of the audit chain was not taken by its webhook')
  }
  const chain: Task = {
    name: 'chain the audit log',
    everyMs: CHAIN_MS,
    quiet: true,
    async run(db, now) {
      let { chained, head } = await chainEntries(db)
      let all = chained
      while (chained === CHAIN_BATCH) {
        ;({ chained, head } = await chainEntries(db))
        all += chained
      }
      const isDue = now - published.at >= PUBLISH_MS || now < published.at
      if (head === null || head.seq === published.seq || !isDue) return all
      published = { at: now, seq: head.seq }
      if (await publishHead(db, head, now)) await tell(head, now)
      return all
    },
  }
  return { tasks: [chain], lock: ADVISORY_LOCKS.audit, tickMs: CHAIN_MS }
}
