import type { AssemblerLimits } from './assembler.ts'
import { TRANSACTION_BYTES_MAX, TRANSACTION_CHANGES_MAX } from './assembler.ts'
import type { LivenessLimits } from './liveness.ts'

/** Every time-out and bound of the source. Tests set their own; a hub runs on DEFAULT_LIMITS. */
export type SourceLimits = LivenessLimits & {
  readonly transaction: AssemblerLimits
  /** changes that wait for a slow consumer; above it PostgreSQL is not read, below half of it it is again */
  readonly queueChangesMax: number
  /** how long the consumer may take before the stream is given up; while it is stuck PostgreSQL keeps its WAL and cannot shut down */
  readonly consumerMsMax: number
  /**
   * messages handled in one turn of the event loop. Without it a backlog is read until the socket is empty, and the
   * hub's own sockets wait: measured 230–740 ms without, 35–150 ms with it.
   */
  readonly turnMessagesMax: number
  /** how often the link is judged and what was processed is acknowledged */
  readonly beatMs: number
  /** how often catalogue and lag are looked at */
  readonly watchMs: number
  /** `wal_sender_timeout` of this session: how long PostgreSQL keeps WAL for a hub that hangs */
  readonly walSenderTimeoutMs: number
  /** how long PostgreSQL may take to open a session, and to answer small questions while the feed starts */
  readonly connectMs: number
  /** how long open writing transactions may delay the slot */
  readonly slotMs: number
  /** how long reading a snapshot may take */
  readonly snapshotMs: number
  /** sessions that read a snapshot together */
  readonly snapshotReaders: number
  /** a stream that lasted this long was steady: the next break is a first one */
  readonly steadyMs: number
}

export const DEFAULT_LIMITS: SourceLimits = {
  transaction: { changesMax: TRANSACTION_CHANGES_MAX, bytesMax: TRANSACTION_BYTES_MAX },
  queueChangesMax: 50_000,
  consumerMsMax: 30_000,
  turnMessagesMax: 1_000,
  askAfterMs: 2_000,
  answerWithinMs: 15_000,
  beatMs: 1_000,
  watchMs: 1_000,
  walSenderTimeoutMs: 20_000,
  connectMs: 10_000,
  slotMs: 600_000,
  snapshotMs: 300_000,
  snapshotReaders: 2,
  steadyMs: 10_000,
}
