import path from 'node:path'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDelta, emptyScope, type ScopeState } from './apply.ts'
import { cellHash, hashText, rowHash } from './checksum.ts'
import { mayReconnect } from './close.ts'
import type { Delta } from './messages.ts'
import type { Row } from './rows.ts'
import { firstDays, type Scope, scopeArea } from './scopes.ts'

/**
 * What this protocol computes, as a file that the load test's client in Go is held to (loadtest/xk6-live). Whoever changes
 * the fold writes it anew, `npx vitest run --project unit hub/contract/live/vectors -u`, and Go's tests say what differs.
 */
const FILE = path.join(import.meta.dirname, '../../../loadtest/xk6-live/wire/testdata/vectors.json')

const SEED = 20_211_101
const DAYS = ['2021-11-01', '2021-11-14', '2021-11-15', '2022-03-01', '2024-02-29'] as const
const TEXTS = [
  '',
  'waiting.red|TH',
  'cases@2021-11-11|50',
  'เชียงใหม่',
  'ខ្មែរ 🏥',
  'a\u0000b',
  '\ud800',
  '\udc00\ud800',
  '\ud83c\udfe5',
]
const VALUES = [
  0,
  1,
  -1,
  255,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 32 + 7,
  -(2 ** 32) - 7,
  2 ** 53 - 1,
  1 - 2 ** 53,
]
const ROWS: readonly (readonly unknown[])[] = [
  ['facility', '7', 'hospital', '5001', 'โรงพยาบาล "สนาม"\n', 'Field\\Hospital/\t', 18.7953, 98.9986, null, null],
  ['case', '1', true, false, null, 0, -0, 1e21, 1.5e-7, 123456789012345680000, 0.1, -2.5, 1e-6, 5e300],
  ['message', '3', '\u0000\u0001\b\f\r\u001f\u007f\u2028', '\ud800x\udc00', '🏥'],
]

type Step = {
  readonly text: string
  readonly outcome: string
  readonly position: number
  readonly sum: number
  readonly cells: number
  readonly rows: number
}

const delta = (over: Partial<Delta>): Delta => ({
  t: 'delta',
  s: 'nation',
  from: 0,
  to: 10,
  sum: 0,
  at: 1_635_724_800_123.5,
  c: [],
  r: [],
  x: [],
  ...over,
})

/** Folds, with the checksum that the fold itself comes to, unless the delta is to be `wrong`. */
function play(state: ScopeState, given: Delta, wrong = false): Step {
  const told = structuredClone(given)
  const tried = { ...state, cells: new Map(state.cells), rows: new Map(state.rows) }
  applyDelta(tried, told)
  const sent = { ...told, sum: wrong ? (tried.sum + 1) >>> 0 : tried.sum }
  const { outcome } = applyDelta(state, sent)
  return {
    text: JSON.stringify(sent),
    outcome,
    position: state.position,
    sum: state.sum,
    cells: state.cells.size,
    rows: state.rows.size,
  }
}

const operation = (day: string): Row => ['operation', '1', day, 'drill', 'ฝึกซ้อม', 'Drill']

/** A case for each rule of D1 to D8. */
function byRule(): Step[] {
  const state = emptyScope('province:50')
  const of = (over: Partial<Delta>, wrong = false): Step => play(state, delta({ s: 'province:50', ...over }), wrong)
  return [
    of({
      to: 10,
      r: [operation('2021-11-01'), ['facility', '7', 'hospital']],
      c: [
        ['waiting.red', '50', 3, '5001', 2],
        ['cases@2021-10-19', '50', 5, '5001', 4],
        ['cases@2021-07-05', '50', 9],
      ],
    }),
    of({ from: 11, to: 20, c: [['waiting.red', '50', 9]] }),
    of({ from: 5, to: 9, c: [['waiting.red', '50', 9]] }),
    of({
      from: 5,
      to: 20,
      c: [
        ['waiting.red', '50', 4],
        ['beds.available.2.1', '5001', 7],
      ],
    }),
    of({
      from: 5,
      to: 20,
      c: [
        ['waiting.red', '50', 4],
        ['beds.available.2.1', '5001', 7],
      ],
    }),
    of({ from: 20, to: 30, c: [['waiting.red', '5001', 0]], x: ['facility/7', 'facility/8'] }),
    // A new day: what became too old falls without bytes, of the areas inside before the scope's own.
    of({ from: 30, to: 40, r: [operation('2021-11-02')] }),
    of({ from: 40, to: 50, r: [operation('2021-11-03')], c: [['cases@2021-11-03', '50', 1, '5001', 1]] }),
    of({ from: 50, to: 60 }, true),
    of({ from: 0, to: 60, r: [operation('2021-11-03')], c: [['waiting.red', '50', 4]] }),
    of({ from: 0, to: 55, c: [['waiting.red', '50', 4]] }),
  ]
}

const KEYS = fc.constantFrom(
  'waiting.red',
  'waiting.green',
  'cases@2021-10-25',
  'cases@2021-11-01',
  'doses.1@2021-07-10',
  'beds.available.2.1',
)
const AREAS = fc.constantFrom('TH', '10', '50', '57')
const ROW = fc.oneof(
  fc.tuple(fc.constant('operation'), fc.constant('1'), fc.constantFrom(...DAYS)),
  fc.tuple(
    fc.constantFrom('oldest', 'facility'),
    fc.constantFrom('1', '2', '3'),
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    ),
  ),
)
const CHANGE = fc.record({
  whole: fc.integer({ min: 0, max: 9 }),
  back: fc.integer({ min: -8, max: 12 }),
  ahead: fc.integer({ min: 1, max: 12 }),
  wrong: fc.integer({ min: 0, max: 19 }),
  c: fc.array(
    fc.tuple(
      KEYS,
      fc.array(fc.tuple(AREAS, fc.oneof(fc.integer({ min: 0, max: 3 }), fc.maxSafeInteger())), {
        minLength: 1,
        maxLength: 4,
      }),
    ),
    { maxLength: 4 },
  ),
  r: fc.array(ROW, { maxLength: 3 }),
  x: fc.array(fc.constantFrom('oldest/1', 'facility/1', 'facility/2', 'operation/1'), { maxLength: 2 }),
})

/** Steps by chance: gaps, stale ones, overlaps, wholes, wrong sums and new days among them. */
function byChance(): { readonly scope: Scope; readonly steps: readonly Step[] }[] {
  return fc
    .sample(fc.array(CHANGE, { minLength: 12, maxLength: 20 }), { seed: SEED, numRuns: 12 })
    .map((changes, i) => {
      const scope: Scope = i % 3 === 0 ? 'province:50' : i % 3 === 1 ? 'nation' : 'presence:5'
      const state = emptyScope(scope)
      const steps = changes.map(({ whole, back, ahead, wrong, c, r, x }) => {
        const from = whole === 0 ? 0 : Math.max(0, state.position - back)
        return play(
          state,
          delta({
            s: scope,
            from,
            to: Math.max(from, state.position - 4) + ahead,
            c: c.map(([column, cells]) => [column, ...cells.flat()]),
            r: r as unknown as Row[],
            x,
          }),
          wrong === 0,
        )
      })
      return { scope, steps }
    })
}

/** What is no delta. */
const REFUSED = [
  '',
  '{"t":"delta","s":"nation"',
  '{"t":"delta","s":"nation","from":0,"to":1,"sum":0,"at":1,"c":[[1,"TH",2]],"r":[],"x":[]}',
  '{"t":"delta","s":"nation","from":0,"to":1,"sum":0,"at":1,"c":[["waiting.red","TH","2"]],"r":[],"x":[]}',
]

function vectors() {
  const whole = JSON.stringify(
    delta({
      c: [['waiting.red', ...Array.from({ length: 200 }, (_, i) => [String(10 + i), i]).flat()]],
      r: [ROWS[0] as unknown as Row],
    }),
  )
  return {
    texts: TEXTS.map((text) => ({ text, hash: hashText(text) })),
    cells: VALUES.flatMap((value) =>
      TEXTS.slice(1, 4).map((key) => ({ key, value, hash: cellHash(hashText(key), value) })),
    ),
    rows: ROWS.map((row) => ({ row: JSON.stringify(row), hash: rowHash(row) })),
    days: DAYS.map((today) => ({ today, ...firstDays(today) })),
    areas: (['nation', 'alerts', 'alerts:50', 'public:10', 'command:TH', 'presence:7', 'facility:3'] as const).map(
      (scope) => ({ scope, area: scopeArea(scope) ?? '' }),
    ),
    reconnects: [1000, 1006, 4000, 4002, 4099, 4100, 4103, 4199, 4200].map((code) => ({
      code,
      may: mayReconnect(code),
    })),
    packed: [whole, '{"t":"beat"}'].map((text) => ({
      text,
      base64: deflateRawSync(text, { level: 4 }).toString('base64'),
    })),
    folds: [{ scope: 'province:50', steps: byRule() }, ...byChance()],
    refused: REFUSED,
  }
}

describe('the vectors of the load test’s client', () => {
  it('are those that this protocol computes', async () => {
    await expect(`${JSON.stringify(vectors(), null, 1)}\n`).toMatchFileSnapshot(FILE)
  })

  it('hold every outcome, more than once', () => {
    const seen = vectors()
      .folds.flatMap(({ steps }) => steps)
      .map(({ outcome }) => outcome)
    for (const outcome of ['applied', 'replaced', 'stale', 'gap', 'wrong']) {
      expect(seen.filter((one) => one === outcome).length, outcome).toBeGreaterThan(2)
    }
  })

  it('name texts that are refused here too', () => {
    for (const text of REFUSED)
      expect(() => applyDelta(emptyScope('nation'), JSON.parse(text) as Delta), text).toThrow()
  })
})
