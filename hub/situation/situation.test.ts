import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDelta, emptyScope, type ScopeState } from '../contract/live/apply.ts'
import type { Scope } from '../contract/live/scopes.ts'
import { addDays } from '../contract/vocabulary/days.ts'
import type { Change, Group, Snapshot, Transaction, Tuple } from './change.ts'
import { COUNTED } from './counted.ts'
import { contributions } from './counting.ts'
import { ROW_TABLES } from './row-tables.ts'
import { Situation } from './situation.ts'

const TODAY = '2021-11-11'
const OPERATION: Tuple = { id: '1', day: TODAY, kind: 'drill', title_th: 'ซ้อม', title_en: 'Drill' }

/** The counted groups of these rows of a table, one for each row and metric, as a snapshot of them would have. */
function groupsOf(name: string, rows: Iterable<Tuple>): Group[] {
  const table = COUNTED.find((counted) => counted.table === name)!
  return [...rows].flatMap((row) =>
    table.metrics.flatMap((metric, i) => {
      let n = 0
      contributions({ ...table, metrics: [metric] }, row, 1, (_column, _day, _area, amount) => {
        n = amount
      })
      return n === 0 ? [] : [{ table: name, metric: i, row, n }]
    }),
  )
}

function snapshot(position: number, cases: readonly Tuple[] = [], operation: Tuple = OPERATION): Snapshot {
  const groups = groupsOf('cases', cases)
  return { epoch: 'e1', position, at: position, groups, rows: [{ table: 'operation', row: operation }] }
}

function caseRow(over: Partial<Tuple> = {}): Tuple {
  return {
    id: '1',
    district: '5001',
    report_day: TODAY,
    classification: 'confirmed',
    severity: 'green',
    stage: 'waiting',
    care_place: 'waiting',
    outcome: 'none',
    outcome_day: 'infinity',
    waiting: 't',
    ...over,
  } as Tuple
}

const tx = (position: number, ...changes: Change[]): Transaction => ({ position, at: position, changes })

function situationWith(...cases: Tuple[]): Situation {
  const situation = new Situation()
  situation.reset(snapshot(100, cases))
  return situation
}

function resumed(situation: Situation, state: ScopeState): ScopeState {
  expect(applyDelta(state, situation.since(state.scope, state.position)).outcome).toMatch(/applied|replaced/)
  return state
}

const fresh = (situation: Situation, scope: Scope): ScopeState => resumed(situation, emptyScope(scope))

describe('counting', () => {
  it('adds a case to its district, its province and the nation', () => {
    const situation = situationWith()
    situation.apply(tx(110, { kind: 'insert', table: 'cases', row: caseRow() }))
    expect(fresh(situation, 'nation').cells.get(`cases@${TODAY}|TH`)).toBe(1)
    expect(fresh(situation, 'nation').cells.get('waiting.green|50')).toBe(1)
    expect(fresh(situation, 'province:50').cells.get('waiting.green|5001')).toBe(1)
    expect(fresh(situation, 'nation').cells.has('waiting.green|5001')).toBe(false)
  })

  it('moves a case between groups when an UPDATE carries the old key, and does nothing when it does not', () => {
    const situation = situationWith(caseRow())
    const red = caseRow({ severity: 'red' })
    situation.apply(tx(110, { kind: 'update', table: 'cases', row: red, old: caseRow() }))
    situation.apply(tx(120, { kind: 'update', table: 'cases', row: red, old: null }))
    const { cells } = fresh(situation, 'nation')
    expect([cells.get('waiting.red|TH'), cells.get('waiting.green|TH')]).toEqual([1, undefined])
  })

  it('sums reported doses and keeps late ones and corrections visible', () => {
    const situation = situationWith()
    const row: Tuple = { id: '1', district: '1001', day: TODAY, dose: '2', kind: 'report', doses: '500' }
    situation.apply(
      tx(
        110,
        { kind: 'insert', table: 'vaccinations', row },
        { kind: 'insert', table: 'vaccinations', row: { ...row, id: '2', kind: 'correction', doses: '-35' } },
        { kind: 'insert', table: 'vaccinations', row: { ...row, id: '3', kind: 'late', doses: '120' } },
      ),
    )
    const { cells } = fresh(situation, 'nation')
    expect(cells.get(`doses.2@${TODAY}|10`)).toBe(585)
    expect(cells.get('doses.total.2|TH')).toBe(585)
    expect([cells.get(`doses.late@${TODAY}|TH`), cells.get(`doses.corrected@${TODAY}|TH`)]).toEqual([120, -35])
  })

  it('counts what has no province or district in the levels above only', () => {
    const situation = situationWith(caseRow({ district: '0000' }), caseRow({ district: '5000' }))
    const { cells } = fresh(situation, 'nation')
    expect(cells.get('cases.total|TH')).toBe(2)
    expect(cells.get('cases.total|00')).toBe(1)
    expect(cells.get('cases.total|50')).toBe(1)
  })

  it('keeps days that are not known out of the days and in the totals', () => {
    const { cells } = fresh(situationWith(caseRow({ report_day: '-infinity' })), 'nation')
    expect(cells.get('cases.total|TH')).toBe(1)
    expect([...cells.keys()].filter((key) => key.startsWith('cases@'))).toEqual([])
  })

  it('refuses what cannot be folded', () => {
    const situation = situationWith()
    expect(situation.apply(tx(110, { kind: 'truncate', tables: ['cases'] }))).toBe('resnapshot')
    const back = { ...OPERATION, day: '2021-11-10' }
    expect(situation.apply(tx(110, { kind: 'update', table: 'operation', row: back, old: null }))).toBe('resnapshot')
    expect(situation.apply(tx(90, { kind: 'insert', table: 'cases', row: caseRow() }))).toBe('known')
    expect(situation.position).toBe(100)
  })
})

describe('a scope of one thing', () => {
  const transfer = {
    ...{
      id: '1',
      case_id: '1',
      district: '5001',
      to_district: '5001',
      status: 'approved',
      level: '3',
      to_facility: '7',
    },
    ...{ requested_at: '2021-11-11 03:00:00+00', updated_at: '2021-11-11 03:00:00+00', held_until: null },
  } as Tuple
  const insertTransfer: Change = { kind: 'insert', table: 'transfers', row: transfer }
  const flood = (area: string): Change => ({
    kind: 'insert',
    table: 'alert_floods',
    row: { area, since: '2021-11-11 03:00:00+00', held: '3' },
  })

  it('keeps its row after a flush, however many rows stand in other scopes', () => {
    for (const areas of [[], ['50'], ['50', '10'], ['50', '10', 'TH']]) {
      const situation = situationWith()
      if (areas.length > 0) situation.apply(tx(110, ...areas.map(flood)))
      situation.apply(tx(120, insertTransfer))
      situation.flush()
      const kinds = situation.since('facility:7', 0).r.map(([kind]) => kind)
      expect(kinds, String(areas)).toEqual(['operation', 'transfer'])
    }
  })

  it('is forgotten when nothing of its own is left', () => {
    const situation = situationWith()
    situation.apply(tx(110, insertTransfer))
    situation.flush()
    const before = situation.size().scopes
    situation.apply(tx(120, { ...insertTransfer, row: { ...transfer, status: 'arrived' } } as Change))
    situation.flush()
    expect(situation.size().scopes).toBe(before - 1)
  })
})

describe('a text that PostgreSQL stores out of line, which an UPDATE of something else leaves out', () => {
  const facility: Tuple = {
    id: '7',
    district: '5001',
    kind: 'hospital',
    name_th: 'รพ. ชื่อยาว',
    name_en: 'A long name',
    lat: null,
    lon: null,
    active: 't',
    reported_at: null,
    hours: null,
  }
  const { name_th: _, name_en: __, ...withoutNames } = facility
  const insert: Change = { kind: 'insert', table: 'facilities', row: facility }
  const update = (row: Tuple): Change => ({ kind: 'update', table: 'facilities', row, old: null })

  it('keeps the value it had, on every screen', () => {
    const situation = situationWith()
    situation.apply(tx(110, insert))
    const moved = { ...withoutNames, reported_at: '2021-11-11 08:00:00+00' }
    expect(situation.apply(tx(120, update(moved)))).toBe('folded')
    const row = fresh(situation, 'province:50').rows.get('facility/7')
    expect(row?.slice(4, 6)).toEqual(['รพ. ชื่อยาว', 'A long name'])
    expect(row?.at(-2)).toBe(Date.parse('2021-11-11T08:00:00Z'))
    situation.apply(tx(130, update({ ...moved, name_en: null })))
    expect(situation.row('facility/7')?.slice(4, 6)).toEqual(['รพ. ชื่อยาว', null])
  })

  it('asks for a snapshot when it never had the value', () => {
    const situation = situationWith()
    situation.apply(tx(110, { ...insert, row: { ...facility, active: 'f' } } as Change))
    expect(situation.apply(tx(120, update({ ...withoutNames, active: 'f' })))).toBe('folded')
    expect(situation.apply(tx(130, update(withoutNames)))).toBe('resnapshot')
  })

  it('every such text stands in the row where its table says', () => {
    const live: Readonly<Record<string, object>> = {
      call: { state: 'owed' },
      period: { status: 'running' },
      objective: { state: 'open' },
      message: { state: 'live' },
      order: { state: 'live' },
    }
    for (const table of ROW_TABLES) {
      const tuple = Object.fromEntries(table.columns.map((column) => [column, `<${column}>`]))
      const placed = table.place({
        ...tuple,
        district: '5001',
        active: 't',
        on_board: 't',
        status: 'open',
        state: 'raised',
        ...live[table.kind],
      })
      for (const [column, at] of Object.entries(table.words)) expect(placed?.row[at]).toBe(`<${column}>`)
    }
  })
})

describe('the window of days', () => {
  it('[D8] drops old days on both sides when the operation moves on, without bytes for them', () => {
    const old = addDays(TODAY, -13)
    const situation = situationWith(caseRow({ report_day: old }))
    const client = fresh(situation, 'nation')
    expect(client.cells.get(`cases@${old}|50`)).toBe(1)
    situation.apply(
      tx(110, { kind: 'update', table: 'operation', row: { ...OPERATION, day: '2021-11-12' }, old: null }),
    )
    const [delta] = situation.flush().filter((d) => d.s === 'nation')
    expect(delta?.c).toEqual([])
    expect(applyDelta(client, delta!).outcome).toBe('applied')
    expect(client.cells.has(`cases@${old}|50`)).toBe(false)
    expect(client.cells.get(`cases@${old}|TH`)).toBe(1)
  })

  it('replaces everything when the operation is set back', () => {
    const situation = situationWith()
    expect(situation.reset(snapshot(120, [], { ...OPERATION, day: '2021-06-01' }))).toBe('replaced')
    expect(situation.since('nation', 110).from).toBe(0)
  })
})

describe('a new snapshot in the same epoch', () => {
  it('counts only what differs as changed, so that clients resume over a broken stream', () => {
    const situation = situationWith(caseRow(), caseRow({ id: '2', district: '1001' }))
    const client = fresh(situation, 'nation')
    expect(situation.reset(snapshot(200, [caseRow()]))).toBe('moved')
    const delta = situation.since('nation', 100)
    expect(delta.from).toBe(100)
    expect(delta.c.flat()).toContain('10')
    expect(delta.c.flat()).not.toContain('50')
    expect(applyDelta(client, delta).outcome).toBe('applied')
  })
})

const anyCase = fc.record({
  district: fc.constantFrom('5001', '5002', '1001', '0000', '5000'),
  report_day: fc.constantFrom(TODAY, addDays(TODAY, -1), addDays(TODAY, -20), addDays(TODAY, -200), '-infinity'),
  classification: fc.constantFrom('unclassified', 'suspect', 'probable', 'confirmed', 'not_a_case'),
  severity: fc.constantFrom('unknown', 'green', 'yellow', 'red'),
  stage: fc.constantFrom('waiting', 'in_care', 'closed', 'duplicate', 'invalid'),
  care_place: fc.constantFrom('unknown', 'waiting', 'hi', 'field', 'hospital', 'discharged'),
  outcome: fc.constantFrom('none', 'recovered', 'died'),
  outcome_day: fc.constantFrom(TODAY, addDays(TODAY, -3)),
  waiting: fc.constantFrom('t', 'f'),
})
const step = fc.record({
  id: fc.integer({ min: 1, max: 6 }),
  to: fc.option(anyCase),
  day: fc.boolean(),
  flush: fc.boolean(),
})

describe('the fold', () => {
  it('[D5] equals a fresh snapshot after any changes, for a live client, a resuming one and a new one', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(40), (steps, resumeFrom) => {
        const situation = situationWith()
        const live = fresh(situation, 'nation')
        let late: ScopeState | undefined
        const truth = new Map<number, Tuple>()
        let operation = OPERATION
        steps.forEach(({ id, to, day, flush }, i) => {
          const old = truth.get(id)
          const row = to === null ? undefined : caseRow({ id: String(id), ...to })
          const changes: Change[] = []
          if (row && old) changes.push({ kind: 'update', table: 'cases', row, old })
          else if (row) changes.push({ kind: 'insert', table: 'cases', row })
          else if (old) changes.push({ kind: 'delete', table: 'cases', old })
          if (row) truth.set(id, row)
          else truth.delete(id)
          if (day && i % 10 === 0) {
            operation = { ...operation, day: addDays(operation.day!, 1) }
            changes.push({ kind: 'update', table: 'operation', row: operation, old: null })
          }
          situation.apply(tx(101 + i, ...changes))
          if (i === resumeFrom) late = fresh(situation, 'nation')
          if (flush) {
            for (const delta of situation.flush()) {
              if (delta.s === 'nation') expect(applyDelta(live, delta).outcome).toBe('applied')
            }
          }
        })
        const anew = new Situation()
        anew.reset(snapshot(situation.position, [...truth.values()], operation))
        for (const scope of ['nation', 'province:50', 'province:00', 'public:50', 'public:00'] as const) {
          const expected = fresh(anew, scope)
          const actual = fresh(situation, scope)
          expect(new Map([...actual.cells].sort())).toEqual(new Map([...expected.cells].sort()))
          expect(actual.sum).toBe(expected.sum)
        }
        const expected = fresh(anew, 'nation')
        for (const client of [live, late]) if (client) expect(resumed(situation, client).sum).toBe(expected.sum)
      }),
      { numRuns: 300 },
    )
  })
})

const FACILITY: Tuple = {
  district: '5001',
  kind: 'hospital',
  name_th: 'รพ.',
  name_en: 'Hospital',
  active: 't',
  lat: null,
  lon: null,
  reported_at: null,
  hours: null,
}
const commit = fc.array(
  fc.oneof(
    fc.record({ id: fc.integer({ min: 1, max: 3 }), to: fc.option(anyCase) }),
    fc.record({ facility: fc.integer({ min: 1, max: 2 }), to: fc.boolean() }),
  ),
  { minLength: 1, maxLength: 3 },
)

describe('a hub that has skipped commits by a new snapshot', () => {
  it('[S4] brings a client of another hub up to now from any position, also from within what it has skipped', () => {
    fc.assert(
      fc.property(
        fc.array(commit, { minLength: 3, maxLength: 20 }),
        fc.uniqueArray(fc.nat(19), { minLength: 2, maxLength: 40 }),
        (commits, breaks) => {
          const [whole, broken] = [situationWith(), situationWith()]
          const cases = new Map<string, Tuple>()
          const facilities = new Map<string, Tuple>()
          const clients: ScopeState[] = []
          const away = new Set(breaks)
          let missed = false
          commits.forEach((steps, i) => {
            const changes: Change[] = []
            const change = (table: string, rows: Map<string, Tuple>, id: string, row: Tuple | undefined): void => {
              const old = rows.get(id)
              if (row && old) changes.push({ kind: 'update', table, row, old })
              else if (row) changes.push({ kind: 'insert', table, row })
              else if (old) changes.push({ kind: 'delete', table, old })
              if (row) rows.set(id, row)
              else rows.delete(id)
            }
            for (const step of steps) {
              if ('id' in step) {
                const id = String(step.id)
                change('cases', cases, id, step.to === null ? undefined : caseRow({ id, ...step.to }))
              } else {
                const id = String(step.facility)
                change('facilities', facilities, id, step.to ? { ...FACILITY, id } : undefined)
              }
            }
            const position = 110 + 10 * i
            whole.apply(tx(position, ...changes))
            for (const scope of ['nation', 'province:50', 'public:50'] as const) clients.push(fresh(whole, scope))
            if (away.has(i)) missed = true
            else if (missed) {
              const { rows, groups, ...now } = snapshot(position, [...cases.values()])
              const all = [...rows, ...[...facilities.values()].map((row) => ({ table: 'facilities', row }))]
              const counted = [...groups, ...groupsOf('facilities', facilities.values())]
              expect(broken.reset({ ...now, rows: all, groups: counted })).toBe('moved')
              missed = false
            } else broken.apply(tx(position, ...changes))
          })
          for (const client of clients) {
            if (client.position > broken.position) continue
            expect(resumed(broken, client).sum).toBe(fresh(broken, client.scope).sum)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('[S4] keeps a bounded number of such ranges, and forgets none', () => {
    const situation = situationWith()
    for (let i = 1; i <= 100; i++) situation.reset(snapshot(100 + 10 * i))
    for (const inside of [105, 555, 1095]) expect(situation.since('nation', inside).from).toBe(0)
    expect(situation.since('nation', 1090).from).toBe(1090)
  })
})
