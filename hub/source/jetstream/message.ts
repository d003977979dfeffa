import { createHash } from 'node:crypto'
import { type Change, COUNTED, ROW_TABLES, type Transaction, type Tuple } from '../../situation/index.ts'

/** Of one message's payload. NATS takes 1 MiB unless told otherwise; the rest is for headers. */
export const MESSAGE_BYTES_MAX = 512 * 1024

/** What the stream holds. Every message names where it joins, so that a reader sees a gap by itself. */
export type FeedMessage =
  /** A feeder begins at `position`: a snapshot of it stands in the store, and nothing is known of what lies before. */
  | { readonly kind: 'reset'; readonly shape: string; readonly epoch: string; readonly position: number }
  /** Whole commits, in commit order, that follow the one at `from`. */
  | {
      readonly kind: 'commits'
      readonly epoch: string
      readonly from: number
      readonly commits: readonly Transaction[]
    }
  /** Changes of a commit that no message holds alone: part `part` of `parts`, from 0. */
  | {
      readonly kind: 'part'
      readonly epoch: string
      readonly from: number
      readonly part: number
      readonly parts: number
      readonly commit: Transaction
    }

/** A payload that this version cannot read. */
export class FeedFormatError extends Error {
  override readonly name = 'FeedFormatError'
}

/** Feeder and hub count the same things in the same columns when their shapes are equal. */
export const SHAPE: string = createHash('sha256')
  .update(JSON.stringify([1, COUNTED, ROW_TABLES.map(({ table, kind, columns }) => [table, kind, columns])]))
  .digest('hex')
  .slice(0, 12)

/** A commit, or part of one, as JSON, `[position, at, shapes, changes]`: each list of columns stands once. */
export type Piece = { readonly position: number; readonly json: string; readonly bytes: number }

type Encoded = readonly [op: string, ...rest: readonly unknown[]]

/** @returns the pieces of a commit: one, or several parts of which each stays within `bytesMax` */
export function encodeCommit({ position, at, changes }: Transaction, bytesMax = MESSAGE_BYTES_MAX): readonly Piece[] {
  const pieceOf = (some: readonly Change[]): Piece => {
    const json = `[${position},${at},${encodeChanges(some)}]`
    return { position, json, bytes: Buffer.byteLength(json) }
  }
  const whole = pieceOf(changes)
  if (whole.bytes <= bytesMax) return [whole]
  const pieces: Piece[] = []
  /** Half of what would fit if all changes were of one length. */
  const guess = Math.max(1, Math.floor((changes.length * bytesMax) / (2 * whole.bytes)))
  for (let first = 0; first < changes.length; ) {
    let count = guess
    let piece = pieceOf(changes.slice(first, first + count))
    while (piece.bytes > bytesMax && count > 1) {
      count = Math.ceil(count / 2)
      piece = pieceOf(changes.slice(first, first + count))
    }
    if (piece.bytes > bytesMax) throw new FeedFormatError(`a change of ${piece.bytes} bytes fits no message`)
    pieces.push(piece)
    first += count
  }
  return pieces
}

function encodeChanges(changes: readonly Change[]): string {
  const shapes = new Map<string, number>()
  const named: (readonly string[])[] = []
  const tuple = (table: string, row: Tuple): readonly unknown[] => {
    const columns = Object.keys(row)
    const key = `${table}\0${columns.join('\0')}`
    let shape = shapes.get(key)
    if (shape === undefined) {
      shape = named.length
      shapes.set(key, shape)
      named.push([table, ...columns])
    }
    return [shape, ...columns.map((column) => row[column])]
  }
  const encoded = changes.map((change): Encoded => {
    if (change.kind === 'truncate') return ['t', change.tables]
    if (change.kind === 'insert') return ['i', tuple(change.table, change.row)]
    if (change.kind === 'delete') return ['d', tuple(change.table, change.old)]
    return ['u', tuple(change.table, change.row), change.old === null ? null : tuple(change.table, change.old)]
  })
  return `${JSON.stringify(named)},${JSON.stringify(encoded)}`
}

export function encodeReset(epoch: string, position: number): string {
  return JSON.stringify({ kind: 'reset', shape: SHAPE, epoch, position })
}

export function encodeCommits(epoch: string, from: number, pieces: readonly Piece[]): string {
  return `{"kind":"commits","epoch":${JSON.stringify(epoch)},"from":${from},"commits":[${pieces.map(({ json }) => json).join(',')}]}`
}

export function encodePart(epoch: string, from: number, part: number, parts: number, piece: Piece): string {
  return `{"kind":"part","epoch":${JSON.stringify(epoch)},"from":${from},"part":${part},"parts":${parts},"commit":${piece.json}}`
}

type Wire = {
  kind: string
  shape: string
  epoch: string
  position: number
  from: number
  part: number
  parts: number
  commits: unknown[][]
  commit: unknown[]
}

/** @throws FeedFormatError */
export function decodeMessage(bytes: Uint8Array): FeedMessage {
  const wire = parse(bytes)
  const { kind, epoch, from, position, shape, part, parts } = wire
  if (kind === 'reset') return { kind, shape, epoch, position }
  if (kind === 'commits') return { kind, epoch, from, commits: wire.commits.map(decodeCommit) }
  if (kind === 'part') return { kind, epoch, from, part, parts, commit: decodeCommit(wire.commit) }
  throw new FeedFormatError(`a message of kind ${JSON.stringify(kind)}`)
}

function parse(bytes: Uint8Array): Wire {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()) as Wire
  } catch (cause) {
    throw new FeedFormatError('a message that is no JSON', { cause })
  }
}

function decodeCommit(piece: readonly unknown[]): Transaction {
  const [position, at, shapes, changes] = piece as [number, number, string[][], [string, unknown[], unknown[] | null][]]
  const read = ([shape, ...values]: readonly unknown[]): { table: string; row: Tuple } => {
    const [table, ...columns] = shapes[shape as number] ?? []
    if (table === undefined || columns.length !== values.length) throw new FeedFormatError('a row of unknown columns')
    const row: Record<string, string | null> = {}
    for (const [i, column] of columns.entries()) row[column] = values[i] as string | null
    return { table, row }
  }
  return {
    position,
    at,
    changes: changes.map(([op, first, second]): Change => {
      if (op === 't') return { kind: 'truncate', tables: first as string[] }
      const { table, row } = read(first)
      if (op === 'i') return { kind: 'insert', table, row }
      if (op === 'd') return { kind: 'delete', table, old: row }
      if (op === 'u') return { kind: 'update', table, row, old: second ? read(second).row : null }
      throw new FeedFormatError(`a change of kind ${JSON.stringify(op)}`)
    }),
  }
}
