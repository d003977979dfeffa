import type { Change, Tuple } from '../situation/change.ts'
import { ByteReader, ProtocolError } from './bytes.ts'

/**
 * pgoutput, protocol version 1, text format (PostgreSQL manual, "Logical Replication Message Formats"): each message
 * is one CopyData payload of the walsender. `at`: commit time, ms since 1970, to the microsecond. LSNs in bytes.
 */
export type Message =
  | { readonly kind: 'begin'; readonly finalLsn: number; readonly at: number; readonly xid: number }
  | { readonly kind: 'commit'; readonly commitLsn: number; readonly endLsn: number; readonly at: number }
  | { readonly kind: 'relation'; readonly relation: Relation }
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'type'; readonly oid: number; readonly name: string }
  | { readonly kind: 'origin'; readonly lsn: number; readonly name: string }
  | { readonly kind: 'message'; readonly lsn: number; readonly prefix: string; readonly content: Buffer }

export type Relation = {
  readonly oid: number
  /** the plain name in schema `public`, else `schema.name` */
  readonly table: string
  readonly columns: readonly { readonly name: string; readonly key: boolean }[]
}

/** Tables the decoder remembers; a publication with more is not ours. */
export const RELATIONS_MAX = 1000

/**
 * Decodes the messages of one stream, in order. It remembers the tables PostgreSQL has described.
 *
 * A column whose large value an UPDATE did not touch is not sent; it is taken from the old row when that has it, and
 * is otherwise **absent** from `row` (absent is not null: the value is as it was).
 */
export class PgoutputDecoder {
  readonly #relations = new Map<number, Relation>()

  /** @throws ProtocolError for anything that is not a complete message of version 1, whatever the bytes */
  decode(bytes: Buffer): Message {
    const reader = new ByteReader(bytes)
    const message = this.#message(reader)
    reader.end()
    return message
  }

  #message(reader: ByteReader): Message {
    const tag = reader.uint8()
    switch (tag) {
      case TAG.insert:
        return { kind: 'change', change: this.#insert(reader) }
      case TAG.update:
        return { kind: 'change', change: this.#update(reader) }
      case TAG.delete:
        return { kind: 'change', change: this.#delete(reader) }
      case TAG.begin:
        return { kind: 'begin', finalLsn: reader.lsn(), at: reader.time(), xid: reader.uint32() }
      case TAG.commit:
        reader.uint8()
        return { kind: 'commit', commitLsn: reader.lsn(), endLsn: reader.lsn(), at: reader.time() }
      case TAG.relation:
        return { kind: 'relation', relation: this.#remember(readRelation(reader)) }
      case TAG.truncate:
        return { kind: 'change', change: this.#truncate(reader) }
      case TAG.type:
        return { kind: 'type', oid: reader.uint32(), name: qualified(reader.cstring(), reader.cstring()) }
      case TAG.origin:
        return { kind: 'origin', lsn: reader.lsn(), name: reader.cstring() }
      case TAG.message:
        return readMessage(reader)
      default:
        throw new ProtocolError(`unknown message ${describe(tag)}`)
    }
  }

  #insert(reader: ByteReader): Change {
    const relation = this.#relation(reader.uint32())
    expect(reader, TAG.new)
    return { kind: 'insert', table: relation.table, row: readTuple(reader, relation, 'all', null) }
  }

  #update(reader: ByteReader): Change {
    const relation = this.#relation(reader.uint32())
    const tag = reader.uint8()
    if (tag === TAG.new) {
      return { kind: 'update', table: relation.table, row: readTuple(reader, relation, 'all', null), old: null }
    }
    const old = readOld(reader, relation, tag)
    expect(reader, TAG.new)
    return { kind: 'update', table: relation.table, row: readTuple(reader, relation, 'all', old), old }
  }

  #delete(reader: ByteReader): Change {
    const relation = this.#relation(reader.uint32())
    return { kind: 'delete', table: relation.table, old: readOld(reader, relation, reader.uint8()) }
  }

  #truncate(reader: ByteReader): Change {
    const count = reader.uint32()
    reader.uint8()
    const tables: string[] = []
    for (let i = 0; i < count; i++) tables.push(this.#relation(reader.uint32()).table)
    return { kind: 'truncate', tables }
  }

  #relation(oid: number): Relation {
    const relation = this.#relations.get(oid)
    if (relation === undefined) throw new ProtocolError(`a change of table ${oid}, which was never described`)
    return relation
  }

  #remember(relation: Relation): Relation {
    if (this.#relations.size >= RELATIONS_MAX && !this.#relations.has(relation.oid)) {
      throw new ProtocolError(`more than ${RELATIONS_MAX} tables in one publication`)
    }
    this.#relations.set(relation.oid, relation)
    return relation
  }
}

const code = (letter: string): number => letter.charCodeAt(0)

const TAG = {
  begin: code('B'),
  commit: code('C'),
  relation: code('R'),
  insert: code('I'),
  update: code('U'),
  delete: code('D'),
  truncate: code('T'),
  type: code('Y'),
  origin: code('O'),
  message: code('M'),
  new: code('N'),
  oldKey: code('K'),
  oldRow: code('O'),
} as const

const VALUE = { null: code('n'), unchanged: code('u'), text: code('t') } as const

function describe(tag: number): string {
  return tag > 32 && tag < 127 ? `'${String.fromCharCode(tag)}'` : `0x${tag.toString(16)}`
}

function expect(reader: ByteReader, tag: number): void {
  const found = reader.uint8()
  if (found !== tag) throw new ProtocolError(`${describe(found)} where ${describe(tag)} belongs`)
}

function qualified(schema: string, name: string): string {
  return schema === 'public' ? name : `${schema === '' ? 'pg_catalog' : schema}.${name}`
}

function readRelation(reader: ByteReader): Relation {
  const oid = reader.uint32()
  const table = qualified(reader.cstring(), reader.cstring())
  reader.uint8()
  const count = reader.uint16()
  const columns: { name: string; key: boolean }[] = []
  for (let i = 0; i < count; i++) {
    const key = (reader.uint8() & 1) === 1
    columns.push({ name: reader.cstring(), key })
    reader.uint32()
    reader.uint32()
  }
  return { oid, table, columns }
}

function readMessage(reader: ByteReader): Message {
  reader.uint8()
  const lsn = reader.lsn()
  const prefix = reader.cstring()
  return { kind: 'message', lsn, prefix, content: reader.bytes(reader.uint32()) }
}

/** `K` is a whole tuple too, but only its key columns are meant: the others are null whatever they held. */
function readOld(reader: ByteReader, relation: Relation, tag: number): Tuple {
  if (tag !== TAG.oldKey && tag !== TAG.oldRow) throw new ProtocolError(`${describe(tag)} where an old row belongs`)
  return readTuple(reader, relation, tag === TAG.oldKey ? 'key' : 'all', null)
}

function readTuple(reader: ByteReader, relation: Relation, which: 'all' | 'key', old: Tuple | null): Tuple {
  const { columns } = relation
  const count = reader.uint16()
  if (count !== columns.length) {
    throw new ProtocolError(`${relation.table}: a row of ${count} columns, described with ${columns.length}`)
  }
  const row: Record<string, string | null> = {}
  for (const { name, key } of columns) {
    const wanted = key || which === 'all'
    const tag = reader.uint8()
    if (tag === VALUE.text) {
      const text = reader.text(reader.uint32())
      if (wanted) row[name] = text
    } else if (tag === VALUE.null) {
      if (wanted) row[name] = null
    } else if (tag === VALUE.unchanged) {
      const before = old?.[name]
      if (before !== undefined) row[name] = before
    } else {
      throw new ProtocolError(`${relation.table}.${name}: a value of kind ${describe(tag)}; text was asked for`)
    }
  }
  return row
}
