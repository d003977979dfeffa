import { readFile } from 'node:fs/promises'
import type { JetStreamClient, JetStreamManager, JsMsg } from '@nats-io/jetstream'
import type { ObjectStore } from '@nats-io/obj'
import type { Msg, NatsConnection } from '@nats-io/transport-node'
import type { FeedAddress } from '../../runtime/feed-address.ts'
import { asError, SourceError, within } from '../errors.ts'

/** The names under which everything lies in NATS; permissions are given by them (docs/fleet.md). */
export const STREAM = 'jitasa'
export const CHANGES = 'jitasa.changes'
export const BEATS = 'jitasa.beats'
const STORE = 'jitasa'
const SNAPSHOTS = ['snapshot-0', 'snapshot-1'] as const

const NS_PER_MS = 1_000_000
const CONNECT_MS_MAX = 2000
const ANSWER_MS_MAX = 3000
const LOAD_MS_MAX = 30_000
/** A server that does not answer two pings is left for another one. */
const PING_MS = 500
const PINGS_MAX = 2
/** A hub that was away for longer takes a snapshot. */
const KEPT_MS = 3_600_000
const KEPT_BYTES = 1024 ** 3
/** Within it a message that is published again is known by its id. */
const KNOWN_MS = 120_000
/** How often a reader is told that there is nothing; after two that are missing its consumer is made anew. */
const IDLE_MS = 1000

export type BusOptions = {
  readonly address: FeedAddress
  /** PEM file with the authority of the servers' certificates; without it, the system's */
  readonly caFile?: string
  /** as whom NATS's own monitoring shows this connection */
  readonly name: string
}

/** One connection to NATS, until it breaks: then everything that waits fails, and `ended` resolves with the reason. */
export type Bus = {
  readonly ended: Promise<SourceError>
  readonly connection: NatsConnection
  readonly js: JetStreamClient
  readonly jsm: JetStreamManager
  close(): Promise<void>
}

/** The packages are loaded here alone, so that a hub that follows PostgreSQL never reads them. */
export async function openBus({ address, caFile, name }: BusOptions): Promise<Bus> {
  const [{ connect }, { jetstream, jetstreamManager }] = await Promise.all([
    import('@nats-io/transport-node'),
    import('@nats-io/jetstream'),
  ])
  const { servers, user, pass, tls } = address
  const connection = await connect({
    servers: [...servers],
    name,
    reconnect: false,
    timeout: CONNECT_MS_MAX,
    pingInterval: PING_MS,
    maxPingOut: PINGS_MAX,
    ...(user === undefined ? {} : { user, pass: pass ?? '' }),
    ...(tls ? { tls: caFile === undefined ? {} : { ca: await readFile(caFile, 'utf8') } } : {}),
  }).catch((cause: unknown) => {
    throw new SourceError('link_ended', `NATS cannot be reached at ${servers.join(', ')}: ${asError(cause).message}`)
  })
  const limits = { timeout: ANSWER_MS_MAX }
  const ended = connection
    .closed()
    .then((reason) => new SourceError('link_ended', `the link to NATS ended: ${reason?.message ?? 'closed'}`))
  return {
    ended,
    connection,
    js: jetstream(connection, limits),
    jsm: await jetstreamManager(connection, { ...limits, checkAPI: false }),
    close: () => connection.close(),
  }
}

/** Makes the stream and the store where they are missing. @param replicas servers of the cluster that hold each */
export async function prepareStream({ jsm, js }: Bus, replicas: number): Promise<void> {
  const { Objm } = await import('@nats-io/obj')
  const { DiscardPolicy, RetentionPolicy, StorageType } = await import('@nats-io/jetstream')
  await new Objm(js).create(STORE, { storage: StorageType.File, replicas })
  await jsm.streams.add({
    name: STREAM,
    subjects: [CHANGES],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: KEPT_MS * NS_PER_MS,
    max_bytes: KEPT_BYTES,
    duplicate_window: KNOWN_MS * NS_PER_MS,
    num_replicas: replicas,
  })
}

/** @throws when the stream is missing: no feeder has ever run */
export async function streamEnds({ jsm }: Bus): Promise<{ readonly first: number; readonly last: number }> {
  const { state } = await jsm.streams.info(STREAM)
  return { first: state.first_seq, last: state.last_seq }
}

/** In the place of the older of the two: whoever reads the newer one meanwhile comes to its end. */
export async function storeSnapshot({ js }: Bus, bytes: Uint8Array): Promise<void> {
  const { Objm } = await import('@nats-io/obj')
  const store = await new Objm(js).open(STORE)
  const [older = SNAPSHOTS[0]] = (await snapshotsOf(store)).toReversed()
  await store.putBlob({ name: older }, bytes, { timeout: ANSWER_MS_MAX })
}

/** @returns the newest, its SHA-256 checked; `undefined` when there is none yet */
export async function loadSnapshot({ js }: Bus): Promise<Uint8Array | undefined> {
  const { Objm } = await import('@nats-io/obj')
  const store = await new Objm(js).open(STORE)
  const [newest = SNAPSHOTS[0]] = await snapshotsOf(store)
  // One that is replaced twice while it is read never ends.
  return (await within(LOAD_MS_MAX, 'reading the snapshot', store.getBlob(newest), 'NATS')) ?? undefined
}

/** Names, the newest first; those that there are not yet, last. */
async function snapshotsOf(store: ObjectStore): Promise<readonly string[]> {
  const found = await Promise.all(
    SNAPSHOTS.map(async (name) => ({ name, revision: (await store.info(name))?.revision ?? 0 })),
  )
  return found.sort((a, b) => b.revision - a.revision).map(({ name }) => name)
}

/** The stream's messages from `sequence` on, in order; a broken consumer is made anew by the library. */
export async function readFrom({ js }: Bus, sequence: number): Promise<AsyncIterable<JsMsg>> {
  const { DeliverPolicy } = await import('@nats-io/jetstream')
  const consumer = await js.consumers.get(STREAM, {
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: sequence,
  })
  return consumer.consume({ idle_heartbeat: IDLE_MS })
}

/** @param refused NATS does not let this account hear them */
export function onBeats({ connection }: Bus, hear: (beat: unknown) => void, refused: (error: Error) => void): void {
  connection.subscribe(BEATS, {
    callback: (error: Error | null, message: Msg) => (error === null ? hear(message.json()) : refused(error)),
  })
}
