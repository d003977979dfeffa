import { type ADDRESSES_KEPT, keptAddress, perMinute } from './limits.ts'
import type { Logger } from './logger.ts'

/** Lines a minute of one network, and of all, per process: whoever tries and tries fills no disk. */
export const LINES_PER_NETWORK = 60
export const LINES_PER_MINUTE = 600

/** Who was refused what. No text that was sent: it may be a name, a phone or a tracking code. */
export type Refused = {
  readonly address: string
  /** why: a code of the API, of a socket's `deny`, or `foreign_origin` */
  readonly code: string
  readonly status?: number
  /** a route as it is registered */
  readonly route?: string
  readonly scope?: string
  readonly requestId?: string
  readonly account?: string | undefined
  /** its hash, as the audit log has it */
  readonly session?: string | null | undefined
}

export type SecurityLog = { refused(refused: Refused): Promise<void> }

/**
 * What somebody was refused, with or without an account, as lines of the log with `security: "refused"`; what an account was refused stands in the audit log too.
 * Beyond the bounds they are counted: the next line says as `unlogged` how many there were before it.
 */
export function createSecurityLog(logger: Logger, kept: (typeof ADDRESSES_KEPT)[number]): SecurityLog {
  const ofNetwork = perMinute(LINES_PER_NETWORK)
  const ofAll = perMinute(LINES_PER_MINUTE)
  let unlogged = 0
  return {
    async refused({ address, ...what }) {
      const isOver = (await ofNetwork.take(keptAddress(address, 'network') ?? '')) ?? (await ofAll.take(''))
      if (isOver !== undefined) {
        unlogged++
        return
      }
      const before = unlogged
      unlogged = 0
      const line = { security: 'refused', ...what, address: keptAddress(address, kept) }
      logger.info(before === 0 ? line : { ...line, unlogged: before }, 'refused')
    },
  }
}
