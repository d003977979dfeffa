import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Group, Snapshot, Tuple } from '../../situation/index.ts'
import { FeedFormatError, SHAPE } from './message.ts'

/** A snapshot in the store. `sequence`: the stream's message that it holds last. */
export type StoredSnapshot = { readonly snapshot: Snapshot; readonly sequence: number }

/** Of what belongs together, the columns stand once. */
type Block = { readonly columns: readonly string[]; readonly values: (string | null | number)[] }
type File = {
  readonly shape: string
  readonly epoch: string
  readonly position: number
  readonly at: number
  readonly sequence: number
  readonly groups: readonly (readonly [table: string, metric: number, Block])[]
  readonly rows: readonly (readonly [table: string, Block])[]
}

const FAST = { level: 1 } as const
const zip = promisify(gzip)
const unzip = promisify(gunzip)

/** A state as text, which no later change touches. @returns makes the file, once the sequence is known */
export type Frozen = (sequence: number) => Promise<Buffer>

export function freeze({ epoch, position, at, groups, rows }: Snapshot): Frozen {
  const grouped = new Map<string, [string, number, Block]>()
  for (const { table, metric, row, n } of groups) {
    const { values } = blockOf(grouped, `${table}|${metric}`, row, (block) => [table, metric, block])
    for (const column in row) values.push(row[column] ?? null)
    values.push(n)
  }
  const rowed = new Map<string, [string, Block]>()
  for (const { table, row } of rows) {
    const { values } = blockOf(rowed, `${table}|${Object.keys(row).join('|')}`, row, (block) => [table, block])
    for (const column in row) values.push(row[column] ?? null)
  }
  const body = `"groups":${JSON.stringify([...grouped.values()])},"rows":${JSON.stringify([...rowed.values()])}`
  const head = JSON.stringify({ shape: SHAPE, epoch, position, at }).slice(1, -1)
  return (sequence) => zip(`{${head},"sequence":${sequence},${body}}`, FAST)
}

function blockOf<T extends readonly unknown[]>(
  blocks: Map<string, T>,
  key: string,
  row: Tuple,
  make: (block: Block) => T,
): Block {
  const known = blocks.get(key)
  if (known !== undefined) return known.at(-1) as Block
  const block = { columns: Object.keys(row), values: [] }
  blocks.set(key, make(block))
  return block
}

/** @throws FeedFormatError for what this version cannot read */
export async function thaw(bytes: Uint8Array): Promise<StoredSnapshot> {
  const file = JSON.parse((await unzip(bytes)).toString()) as File
  if (file.shape !== SHAPE) {
    throw new FeedFormatError('the snapshot is of another version: start feeder and hubs of the same one')
  }
  const { epoch, position, at, sequence } = file
  return {
    sequence,
    snapshot: {
      epoch,
      position,
      at,
      groups: { [Symbol.iterator]: () => eachGroup(file) },
      rows: { [Symbol.iterator]: () => eachRow(file) },
    },
  }
}

function* eachGroup({ groups }: File): Generator<Group> {
  for (const [table, metric, { columns, values }] of groups) {
    for (let i = 0; i < values.length; i += columns.length + 1) {
      yield { table, metric, row: tuple(columns, values, i), n: values[i + columns.length] as number }
    }
  }
}

function* eachRow({ rows }: File): Generator<{ table: string; row: Tuple }> {
  for (const [table, { columns, values }] of rows) {
    for (let i = 0; i < values.length; i += columns.length) yield { table, row: tuple(columns, values, i) }
  }
}

function tuple(columns: readonly string[], values: Block['values'], from: number): Tuple {
  const row: Record<string, string | null> = {}
  for (const [i, column] of columns.entries()) row[column] = values[from + i] as string | null
  return row
}
