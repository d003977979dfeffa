import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Snapshot } from '../situation/index.ts'
import { TransactionTooLarge } from './assembler.ts'
import { LONGEST_AFTER_SCHEMA_MS, LONGEST_MS, retryDelayMs } from './backoff.ts'
import { checkCatalogue, neededTables, type TableNeed } from './catalogue.ts'
import { closeSession, openSession } from './connections.ts'
import { asError, Resnapshot, SchemaChanged, SourceError, within } from './errors.ts'
import { addMark, lagMs, type Mark } from './health.ts'
import { DEFAULT_LIMITS, type SourceLimits } from './limits.ts'
import { type Blocker, createSlot, heldUpSentence, type Slot, slotName } from './slot.ts'
import { readSnapshot } from './snapshot.ts'
import type { Source, SourceOptions, SourceState } from './source.ts'
import { readStamps, type Stamps } from './stamps.ts'
import { ReplicationStream } from './stream.ts'
import { type SlotSigns, watchSlot } from './watch.ts'

const NO_SIGNS: SlotSigns = { written: 0, keptFrom: 0 }

/** Lives one life after the other: sessions, slot, snapshot, stream, until it breaks. */
export class Follower implements Source {
  readonly #options: SourceOptions
  readonly #limits: SourceLimits
  readonly #needs: readonly TableNeed[]
  readonly #tables: readonly string[]
  readonly #stop = new AbortController()
  readonly #running: Promise<void>
  #stopping = false
  /** ends the wait for the next life; or a life, from the moment its snapshot is handed over */
  #cut: ((reason: Resnapshot) => void) | undefined
  #stream: ReplicationStream | undefined
  #signs = NO_SIGNS
  #blockers: readonly Blocker[] = []
  #marks: readonly Mark[] = []
  #kind: SourceState['kind'] = 'starting'
  #since: number
  #error: string | undefined
  #position = 0
  #heardAt = 0

  constructor(options: SourceOptions) {
    this.#options = options
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits }
    this.#needs = neededTables(options.alsoRead)
    this.#tables = this.#needs.map(({ table }) => table)
    this.#since = options.clock.now()
    this.#running = this.#run()
  }

  state(): SourceState {
    const stream = this.#stream
    const state = {
      kind: this.#kind,
      since: this.#since,
      position: stream?.position ?? this.#position,
      heardAt: stream?.heardAt ?? this.#heardAt,
      lagBytes: stream ? Math.max(0, this.#signs.written - stream.processed) : 0,
      retainedBytes: stream ? Math.max(0, this.#signs.written - this.#signs.keptFrom) : 0,
      heldUpBy: this.#blockers.map(({ pid }) => pid),
    }
    return this.#error === undefined ? state : { ...state, error: this.#error }
  }

  lagMs(): number {
    return this.#stream ? lagMs(this.#marks, this.#stream.processed, this.#options.clock.now()) : 0
  }

  resnapshot(reason: string): void {
    this.#cut?.(new Resnapshot(reason))
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.#stream?.stop()
    this.#stop.abort(new SourceError('link_ended', 'stopped'))
    await this.#running
  }

  async #run(): Promise<void> {
    let failures = 0
    while (!this.#stopping) {
      const reason = await this.#live()
      const now = this.#options.clock.now()
      const steady = this.#kind === 'streaming' && now - this.#since >= this.#limits.steadyMs
      failures = steady ? 1 : failures + 1
      const longestMs = reason instanceof SchemaChanged ? LONGEST_AFTER_SCHEMA_MS : LONGEST_MS
      const delayMs = retryDelayMs(failures, Math.random(), longestMs)
      this.#report(reason, delayMs)
      if (!this.#stopping && delayMs > 0) await this.#wait(delayMs)
    }
  }

  #report(reason: Error, delayMs: number): void {
    const { logger } = this.#options
    const wanted = reason instanceof Resnapshot || reason instanceof TransactionTooLarge
    if (this.#stopping) {
      this.#change('broken', 'the change feed is stopped')
      return
    }
    const known = this.#kind === 'broken' && this.#error === reason.message
    this.#change(wanted ? 'starting' : 'broken', reason.message)
    if (wanted) logger.info({ reason: reason.message }, 'a new snapshot is taken')
    else if (known) logger.debug({ reason: reason.message, delayMs }, 'the change feed is still broken')
    else logger.warn({ reason: reason.message, delayMs }, 'the change feed is broken; a new slot and snapshot follow')
  }

  #change(kind: SourceState['kind'], error: string | undefined): void {
    if (this.#kind === kind && this.#error === error) return
    if (this.#kind !== kind) this.#since = this.#options.clock.now()
    this.#kind = kind
    this.#error = error
    this.#options.onState(this.state())
  }

  async #wait(delayMs: number): Promise<void> {
    const wait = new AbortController()
    this.#cut = () => wait.abort()
    const signal = AbortSignal.any([wait.signal, this.#stop.signal])
    await sleep(delayMs, undefined, { signal }).catch(() => undefined)
    this.#cut = undefined
  }

  /** @returns why it ended */
  async #live(): Promise<Error> {
    const sessions: pg.Client[] = []
    try {
      const began = this.#options.clock.now()
      const { feed, readers } = await this.#open(sessions)
      const slot = await this.#makeSlot(feed, readers[0])
      const { publication, alsoRead = {} } = this.#options
      const read = readSnapshot(readers, slot, alsoRead, (sql) => readStamps(sql, publication, this.#tables))
      const { snapshot, beside: stamps } = await within(this.#limits.snapshotMs, 'the snapshot', read)
      for (const helper of readers.slice(1)) closeSession(helper)
      this.#stop.signal.throwIfAborted()
      const reason = this.#handOver(snapshot, slot)
      if (reason) return reason
      const tookMs = Math.round(this.#options.clock.now() - began)
      this.#options.logger.info({ slot: slot.name, position: slot.position, tookMs }, 'the change feed streams')
      return await this.#follow(feed, readers[0], slot, stamps)
    } catch (error) {
      return asError(error)
    } finally {
      this.#cut = undefined
      for (const session of sessions) closeSession(session)
    }
  }

  /** The first reader stays open for the watch. The catalogue is checked before a slot makes PostgreSQL keep WAL. */
  async #open(sessions: pg.Client[]): Promise<{ feed: pg.Client; readers: [pg.Client, ...pg.Client[]] }> {
    const { url, logger } = this.#options
    const open = async (kind: 'sql' | 'walsender'): Promise<pg.Client> => {
      const { connectMs, walSenderTimeoutMs } = this.#limits
      const session = await openSession(kind, { url, connectMs, walSenderTimeoutMs, logger, signal: this.#stop.signal })
      sessions.push(session)
      return session
    }
    const first = await open('sql')
    const checked = checkCatalogue(first, this.#options.publication, this.#needs)
    await within(this.#limits.connectMs, 'reading the catalogue', checked)
    const feed = await open('walsender')
    const readers: [pg.Client, ...pg.Client[]] = [first]
    while (readers.length < this.#limits.snapshotReaders) readers.push(await open('sql'))
    return { feed, readers }
  }

  async #makeSlot(feed: pg.Client, sql: pg.Client): Promise<Slot> {
    const name = slotName(process.pid, Math.random())
    try {
      return await createSlot(feed, sql, name, this.#limits, (blockers) => {
        this.#blockers = blockers
        const waiting = heldUpSentence(blockers)
        this.#options.logger.warn({ slot: name, pids: blockers.map(({ pid }) => pid) }, waiting)
        this.#change(this.#kind, waiting)
      })
    } finally {
      this.#blockers = []
    }
  }

  /** @returns why the life ends here: the consumer failed, or asked for another snapshot already */
  #handOver(snapshot: Snapshot, slot: Slot): Error | undefined {
    let asked: Resnapshot | undefined
    this.#cut = (reason) => {
      asked = reason
    }
    try {
      this.#options.onSnapshot(snapshot)
    } catch (cause) {
      return new SourceError('consumer_failed', `the snapshot could not be taken: ${asError(cause).message}`, { cause })
    }
    this.#position = slot.position
    this.#heardAt = this.#options.clock.now()
    return asked
  }

  async #follow(feed: pg.Client, sql: pg.Client, slot: Slot, stamps: Stamps): Promise<Error> {
    const { publication, clock, onTransaction } = this.#options
    this.#stop.signal.throwIfAborted()
    const stream = new ReplicationStream({ feed, slot, publication, clock, limits: this.#limits, onTransaction })
    this.#stream = stream
    this.#cut = (reason) => stream.abandon(reason)
    const endWatch = watchSlot({
      sql,
      slot: slot.name,
      publication,
      tables: this.#tables,
      stamps,
      everyMs: this.#limits.watchMs,
      onSigns: (signs) => {
        this.#signs = signs
        this.#marks = addMark(this.#marks, { written: signs.written, at: clock.now() }, stream.processed)
      },
      onFault: (error) => stream.abandon(error),
    })
    this.#change('streaming', undefined)
    const reason = await stream.ended
    endWatch()
    this.#position = stream.position
    this.#heardAt = stream.heardAt
    this.#stream = undefined
    this.#signs = NO_SIGNS
    this.#marks = []
    return reason
  }
}
