import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Scope } from '../contract/live/scopes.ts'
import { addDays } from '../contract/vocabulary/days.ts'
import type { Change, Snapshot, Transaction, Tuple } from './change.ts'
import { Image } from './image.ts'
import { Situation } from './situation.ts'

const TODAY = '2021-11-11'
const SCOPES: readonly Scope[] = ['nation', 'province:50', 'public:50', 'province:10']
const ALSO = { account_grants: ['account_id', 'role', 'areas'] }

const operation = (day: string): Tuple => ({ id: '1', day, kind: 'drill', title_th: 'ซ้อม', title_en: 'Drill' })
const start: Snapshot = {
  ...{ epoch: 'e1', position: 100, at: 1, groups: [] },
  rows: [{ table: 'operation', row: operation(TODAY) }],
}
const tx = (position: number, ...changes: Change[]): Transaction => ({ position, at: position, changes })

function begun(): { readonly image: Image; readonly situation: Situation } {
  const image = new Image(ALSO)
  image.reset(start)
  const situation = new Situation()
  situation.reset(start)
  return { image, situation }
}

const rowsOf = (image: Image, table: string): Tuple[] =>
  [...image.snapshot().rows].flatMap((each) => (each.table === table ? [each.row] : []))

const aCase = fc.record({
  id: fc.constantFrom('1', '2', '3', '4'),
  district: fc.constantFrom('5001', '5002', '1001', '5000'),
  report_day: fc.constantFrom(
    ...[0, -3, -13, -14, -60, -119, -120, -200, 3].map((by) => addDays(TODAY, by)),
    '-infinity',
  ),
  classification: fc.constantFrom('confirmed', 'probable', 'suspect'),
  severity: fc.constantFrom('green', 'red'),
  stage: fc.constantFrom('waiting', 'closed', 'duplicate'),
  care_place: fc.constantFrom('hi', 'waiting'),
  outcome: fc.constantFrom('none', 'died'),
  outcome_day: fc.constantFrom('infinity', TODAY),
  waiting: fc.constantFrom('t', 'f'),
  unclaimed: fc.constant('f'),
  uncontacted: fc.constant('f'),
  uncalled: fc.constant('f'),
  contact_age: fc.constantFrom('none', '6h', 'later'),
})
type Deed = { readonly row: Tuple & { readonly id: string }; readonly gone: boolean; readonly days: number }
const deed: fc.Arbitrary<Deed> = fc.record({
  row: aCase,
  gone: fc.boolean(),
  days: fc.constantFrom(0, 0, 0, 0, 1, 20),
})

describe('the image of the fold', () => {
  it('at every moment makes a new situation of what the stream has made of the old one', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const { image, situation } = begun()
        const held = new Map<string, Tuple>()
        let day = TODAY
        deeds.forEach(({ row, gone, days }, i) => {
          const changes: Change[] = []
          const before = held.get(row.id)
          if (days > 0) {
            day = addDays(day, days)
            changes.push({ kind: 'update', table: 'operation', row: operation(day), old: null })
          }
          if (before === undefined) changes.push({ kind: 'insert', table: 'cases', row })
          else if (gone) changes.push({ kind: 'delete', table: 'cases', old: before })
          else changes.push({ kind: 'update', table: 'cases', row, old: before })
          if (before !== undefined && gone) held.delete(row.id)
          else held.set(row.id, row)
          const next = tx(101 + i, ...changes)
          expect([image.apply(next), situation.apply(next)]).toEqual(['folded', 'folded'])
        })
        const fresh = new Situation()
        fresh.reset(image.snapshot())
        for (const scope of SCOPES) expect(fresh.since(scope, 0).sum, scope).toBe(situation.since(scope, 0).sum)
      }),
    )
  })

  it('keeps the words that a change does not bring, and asks for a snapshot when it never had them', () => {
    const { image } = begun()
    const facility: Tuple = {
      id: '7',
      district: '5001',
      kind: 'hospital',
      active: 't',
      name_th: 'รพ.',
      name_en: 'H',
      hours: null,
    }
    const { name_th: _th, name_en: _en, ...without } = facility
    const moved = { ...without, district: '5002' }
    expect(image.apply(tx(101, { kind: 'update', table: 'facilities', row: without, old: null }))).toBe('resnapshot')
    expect(image.position).toBe(100)
    image.apply(tx(101, { kind: 'insert', table: 'facilities', row: facility }))
    expect(image.apply(tx(102, { kind: 'update', table: 'facilities', row: moved, old: null }))).toBe('folded')
    expect(rowsOf(image, 'facilities')).toMatchObject([{ id: '7', district: '5002', name_th: 'รพ.' }])
    image.apply(tx(103, { kind: 'update', table: 'facilities', row: { ...moved, active: 'f' }, old: null }))
    expect(rowsOf(image, 'facilities')).toEqual([])
  })

  it('keeps what is read beside the situation by its first column, and no column that nobody reads', () => {
    const { image } = begun()
    const grant = { account_id: 'a', role: 'responder', areas: '{50}', other: 'x' }
    image.apply(tx(101, { kind: 'insert', table: 'account_grants', row: grant }))
    image.apply(
      tx(102, { kind: 'update', table: 'account_grants', row: { account_id: 'a', role: 'admin' }, old: null }),
    )
    expect(rowsOf(image, 'account_grants')).toEqual([{ account_id: 'a', role: 'admin', areas: '{50}' }])
    image.apply(tx(103, { kind: 'delete', table: 'account_grants', old: { account_id: 'a' } }))
    expect(rowsOf(image, 'account_grants')).toEqual([])
  })

  it.each<[string, Change]>([
    ['a TRUNCATE', { kind: 'truncate', tables: ['tests'] }],
    ['an operation that is set back', { kind: 'update', table: 'operation', row: operation('2021-11-10'), old: null }],
    ['an operation that is deleted', { kind: 'delete', table: 'operation', old: { id: '1' } }],
  ])('wants a snapshot after %s, as the situation does', (_what, change) => {
    const { image, situation } = begun()
    expect([image.apply(tx(101, change)), situation.apply(tx(101, change))]).toEqual(['resnapshot', 'resnapshot'])
  })

  it('knows what it has folded', () => {
    expect(begun().image.apply(tx(100))).toBe('known')
  })
})
