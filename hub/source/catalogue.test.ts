import { describe, expect, test } from 'vitest'
import { type Catalogue, catalogueFaults, neededTables, type PublishedTable } from './catalogue.ts'

const NEEDS = [
  { table: 'cases', published: ['district', 'severity'], identity: ['district', 'severity'] },
  { table: 'operation', published: ['id', 'day'], identity: [] },
]

const cases: PublishedTable = {
  published: ['id', 'district', 'severity'],
  identity: ['id', 'district', 'severity'],
  filtered: false,
  hidden: false,
}
const operation: PublishedTable = { published: ['id', 'day'], identity: ['id'], filtered: false, hidden: false }

function catalogue(more: Partial<Catalogue>, tables: Record<string, PublishedTable> = { cases, operation }): Catalogue {
  const publication = { all: true }
  const whole = { version: 180_004, walLevel: 'logical', standby: false, publication }
  return { ...whole, tables: new Map(Object.entries(tables)), ...more }
}

const faults = (more: Partial<Catalogue>, tables?: Record<string, PublishedTable>) =>
  catalogueFaults(catalogue(more, tables), 'jitasa', NEEDS)

describe('the catalogue', () => {
  test('that has everything has no faults', () => {
    expect(faults({})).toEqual([])
  })

  test.each<[string, string[], RegExp]>([
    ['PostgreSQL 14', faults({ version: 140_011 }), /PostgreSQL 15 or newer is needed, this is 14/],
    ['a standby', faults({ standby: true }), /connect to the primary/],
    ['wal_level replica', faults({ walLevel: 'replica' }), /wal_level is "replica"; set wal_level = logical/],
    ['no publication', faults({ publication: undefined }), /publication "jitasa" does not exist; run the migrations/],
    ['a publication of inserts only', faults({ publication: { all: false } }), /must publish insert, update, delete/],
    ['a table that is not published', faults({}, { cases }), /table operation is not in publication "jitasa"/],
    [
      'a column that is not published',
      faults({}, { cases: { ...cases, published: ['id', 'district'] }, operation }),
      /lacks cases \(severity\)/,
    ],
    [
      'a counted column outside the identity',
      faults({}, { cases: { ...cases, identity: ['id', 'district'] }, operation }),
      /identity of cases lacks severity/,
    ],
    ['a table without identity', faults({}, { cases, operation: { ...operation, identity: [] } }), /lacks a key/],
    ['a row filter', faults({}, { cases, operation: { ...operation, filtered: true } }), /filters rows of operation/],
    [
      'a row that the role may not see',
      faults({}, { cases: { ...cases, hidden: true }, operation }),
      /hides rows of cases/,
    ],
  ])('%s is said in a sentence', (_, found, sentence) => {
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(sentence)
  })

  test('is asked for what is counted and for what travels as rows', () => {
    const needs = new Map(neededTables().map((need) => [need.table, need]))
    expect(needs.get('vaccinations')).toEqual({
      table: 'vaccinations',
      published: ['district', 'dose', 'day', 'doses', 'target_group', 'vaccine', 'kind'],
      identity: ['district', 'dose', 'day', 'doses', 'target_group', 'vaccine', 'kind'],
    })
    expect(needs.get('operation')).toMatchObject({ identity: [], published: expect.arrayContaining(['day', 'kind']) })
    expect(needs.get('beds')?.published).toContain('reported_at')
    expect(needs.get('beds')?.identity).not.toContain('reported_at')
  })

  test('is asked for what else the snapshot brings: a revoked session must not go unseen', () => {
    const needs = neededTables({ session: ['id', 'user_id'] })
    expect(needs).toContainEqual({ table: 'session', published: ['id', 'user_id'], identity: [] })
  })
})
