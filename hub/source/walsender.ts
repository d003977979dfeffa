import { ByteReader, ProtocolError } from './bytes.ts'
import { splitLsn } from './lsn.ts'

/**
 * What a walsender puts into CopyData (PostgreSQL manual, "Streaming Replication Protocol").
 * `data`: `lsn` is where the message stands in the WAL. `keepalive`: `lsn` is how far PostgreSQL has read and sent.
 */
export type Frame =
  | { readonly kind: 'data'; readonly lsn: number; readonly payload: Buffer }
  | { readonly kind: 'keepalive'; readonly lsn: number; readonly replyWanted: boolean }

const DATA = 0x77
const KEEPALIVE = 0x6b
const STATUS = 0x72
const POSTGRES_EPOCH_MS = 946_684_800_000

/** @throws ProtocolError for anything else */
export function readFrame(bytes: Buffer): Frame {
  const reader = new ByteReader(bytes)
  const tag = reader.uint8()
  const lsn = reader.lsn()
  if (tag === DATA) {
    reader.lsn()
    reader.time()
    return { kind: 'data', lsn, payload: reader.rest() }
  }
  if (tag !== KEEPALIVE) throw new ProtocolError(`unknown frame 0x${tag.toString(16)} of the walsender`)
  reader.time()
  const replyWanted = reader.uint8() !== 0
  reader.end()
  return { kind: 'keepalive', lsn, replyWanted }
}

/**
 * The standby status update: everything up to `position` is processed, PostgreSQL may drop its WAL.
 * @param replyWanted ask PostgreSQL to answer with a keepalive
 */
export function statusUpdate(position: number, now: number, replyWanted: boolean): Buffer {
  const [high, low] = splitLsn(position)
  const micros = BigInt(Math.round((now - POSTGRES_EPOCH_MS) * 1000))
  const bytes = Buffer.alloc(34)
  bytes[0] = STATUS
  for (const at of [1, 9, 17]) {
    bytes.writeUInt32BE(high, at)
    bytes.writeUInt32BE(low, at + 4)
  }
  bytes.writeBigInt64BE(micros, 25)
  bytes[33] = replyWanted ? 1 : 0
  return bytes
}

/** A CopyData message of the frontend. */
export function copyData(payload: Buffer): Buffer {
  const header = Buffer.alloc(5)
  header[0] = 0x64
  header.writeUInt32BE(payload.length + 4, 1)
  return Buffer.concat([header, payload])
}

/** CopyDone: the frontend ends the stream. */
export const COPY_DONE: Buffer = Buffer.from([0x63, 0, 0, 0, 4])
