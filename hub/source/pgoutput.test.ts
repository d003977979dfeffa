import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProtocolError } from './bytes.ts'
import { type Message, PgoutputDecoder, RELATIONS_MAX } from './pgoutput.ts'

/**
 * Recorded from PostgreSQL 18.4: a table rec (id int, grp text, note text, big text) in schema public, whose replica
 * identity is a unique index on (id, grp); one transaction.
 */
const RECORDED = {
  begin: '4200000000bec182e0000303e2252b6c8b00000400',
  relation:
    '5200004bc57075626c696300726563006900040169640000000017ffffffff016772700000000019ffffffff006e6f74650000000019ffffffff006269670000000019ffffffff',
  insert: '4900004bc54e00047400000001317400000009e0b981e0b894e0b8876e740000000378797a',
  updateOutsideKey: '5500004bc54e00047400000001317400000009e0b981e0b894e0b88774000000016e75',
  updateOfKey:
    '5500004bc54b00047400000001317400000009e0b981e0b894e0b8876e6e4e000474000000013174000000016274000000016e75',
  delete: '4400004bc54b00047400000001317400000001626e6e',
  message: '4d0100000000bec1774870000000000568656c6c6f',
  truncate: '54000000010000004bc5',
  commit: '430000000000bec182e000000000bec18450000303e2252b6c8b',
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex')

function decoder(): PgoutputDecoder {
  const fresh = new PgoutputDecoder()
  fresh.decode(hex(RECORDED.relation))
  return fresh
}

const decode = (text: string): Message => decoder().decode(hex(text))

describe('what PostgreSQL sent', () => {
  test('Begin and Commit carry LSNs in bytes and the commit time to the microsecond', () => {
    expect(decode(RECORDED.begin)).toEqual({
      kind: 'begin',
      finalLsn: 0xbec182e0,
      at: 1_795_379_551_227.019,
      xid: 0x400,
    })
    expect(decode(RECORDED.commit)).toEqual({
      kind: 'commit',
      commitLsn: 0xbec182e0,
      endLsn: 0xbec18450,
      at: 1_795_379_551_227.019,
    })
  })

  test('Relation names the table and its key columns', () => {
    expect(decode(RECORDED.relation)).toEqual({
      kind: 'relation',
      relation: {
        oid: 0x4bc5,
        table: 'rec',
        columns: [
          { name: 'id', key: true },
          { name: 'grp', key: true },
          { name: 'note', key: false },
          { name: 'big', key: false },
        ],
      },
    })
  })

  test('Insert carries the row as text, null as null', () => {
    expect(decode(RECORDED.insert)).toEqual({
      kind: 'change',
      change: { kind: 'insert', table: 'rec', row: { id: '1', grp: 'แดง', note: null, big: 'xyz' } },
    })
  })

  test('an Update that left the key alone has no old row, and lacks the untouched large value', () => {
    expect(decode(RECORDED.updateOutsideKey)).toEqual({
      kind: 'change',
      change: { kind: 'update', table: 'rec', row: { id: '1', grp: 'แดง', note: 'n' }, old: null },
    })
  })

  test('an Update of the key has the old key, and only the key, as its old row', () => {
    expect(decode(RECORDED.updateOfKey)).toEqual({
      kind: 'change',
      change: {
        kind: 'update',
        table: 'rec',
        row: { id: '1', grp: 'b', note: 'n' },
        old: { id: '1', grp: 'แดง' },
      },
    })
  })

  test('with replica identity FULL an untouched large value is taken from the old row', () => {
    const full = '5500004bc54f00047400000001316e6e740000000378797a4e00047400000001326e6e75'
    expect(decode(full)).toEqual({
      kind: 'change',
      change: {
        kind: 'update',
        table: 'rec',
        row: { id: '2', grp: null, note: null, big: 'xyz' },
        old: { id: '1', grp: null, note: null, big: 'xyz' },
      },
    })
  })

  test('Delete carries the key', () => {
    expect(decode(RECORDED.delete)).toEqual({
      kind: 'change',
      change: { kind: 'delete', table: 'rec', old: { id: '1', grp: 'b' } },
    })
  })

  test('Truncate names its tables', () => {
    expect(decode(RECORDED.truncate)).toEqual({ kind: 'change', change: { kind: 'truncate', tables: ['rec'] } })
  })

  test('Type, Origin and Message are read and carry no change', () => {
    expect(decode(RECORDED.message)).toEqual({
      kind: 'message',
      lsn: 0xbec17748,
      prefix: 'p',
      content: Buffer.from('hello'),
    })
    expect(decode('590000400a7075626c6963006c6576656c00')).toEqual({ kind: 'type', oid: 0x400a, name: 'level' })
    expect(decode('4f00000001000000026100')).toEqual({ kind: 'origin', lsn: 2 ** 32 + 2, name: 'a' })
  })

  test('a table outside schema public keeps its schema in its name, so it is never taken for ours', () => {
    const other = decode(RECORDED.relation.replace('7075626c6963', '707269766174'))
    expect(other).toMatchObject({ relation: { table: 'privat.rec' } })
  })
})

describe('what PostgreSQL must not send', () => {
  const faults: [string, string, RegExp][] = [
    ['nothing', '', /too few/],
    ['an unknown message', 'ff', /unknown message 0xff/],
    ['a message of protocol 2 (Stream Start)', '530000000001', /unknown message 'S'/],
    ['a change of an undescribed table', '49000000014e0000', /never described/],
    ['a row with another number of columns', '4900004bc54e000174000000013', /columns/],
    ['a binary value', '4900004bc54e0004620000000131', /'b'.*text was asked for/],
    ['an insert without a new row', '4900004bc54b0004', /'K' where 'N' belongs/],
    ['a delete with a new row', '4400004bc54e0004', /where an old row belongs/],
    ['bytes after the end', `${RECORDED.commit}00`, /1 bytes too many/],
    ['a name without an end', '5200004bc57075626c6963', /no end/],
    ['a text longer than the message', '4900004bc54e0004747fffffff31', /too few/],
    ['a truncate of four thousand million tables', '54ffffffff000000', /too few/],
    ['an LSN beyond 8 PiB', '42ffffffffffffffff000303e2252b6c8b00000400', /LSN is out of range/],
  ]
  test.each(faults)('%s', (_, bytes, message) => {
    expect(() => decode(bytes)).toThrow(ProtocolError)
    expect(() => decode(bytes)).toThrow(message)
  })

  test('more tables than a publication of ours could have', () => {
    const fresh = new PgoutputDecoder()
    const relation = hex(RECORDED.relation)
    for (let oid = 1; oid <= RELATIONS_MAX; oid++) {
      relation.writeUInt32BE(oid, 1)
      fresh.decode(relation)
    }
    fresh.decode(relation)
    relation.writeUInt32BE(RELATIONS_MAX + 1, 1)
    expect(() => fresh.decode(relation)).toThrow(/more than 1000 tables/)
  })
})

describe('whatever the bytes', () => {
  const safely = (bytes: Buffer): void => {
    try {
      decoder().decode(bytes)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
    }
  }

  test('random bytes are decoded or refused by name', () => {
    const tag = fc.constantFrom(...'BCRIUDTYOM').map((letter) => letter.charCodeAt(0))
    const bytes = fc.tuple(tag, fc.uint8Array({ maxLength: 200 })).map(([first, rest]) => Buffer.from([first, ...rest]))
    fc.assert(fc.property(bytes, safely), { numRuns: 5_000 })
  })

  test('every recorded message, cut short or with a byte changed', () => {
    const message = fc.constantFrom(...Object.values(RECORDED)).map(hex)
    const damage = fc.tuple(message, fc.nat(), fc.nat({ max: 255 }), fc.boolean())
    fc.assert(
      fc.property(damage, ([whole, at, byte, cut]) => {
        const bytes = Buffer.from(whole)
        const index = at % bytes.length
        bytes[index] = byte
        safely(cut ? bytes.subarray(0, index) : bytes)
      }),
      { numRuns: 5_000 },
    )
  })
})
