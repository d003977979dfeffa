import { createMemo, createRoot } from 'solid-js'
import { describe, expect, test } from 'vitest'
import { applyDelta, emptyScope } from '../../../hub/contract/live/apply.ts'
import type { Delta } from '../../../hub/contract/live/messages.ts'
import { DAYS_OWN } from '../../../hub/contract/vocabulary/metrics.ts'
import { startState } from './connection.ts'
import type { ScopeFlush } from './inbox.ts'
import { createLiveStore, type LinkStatus } from './store.ts'

const status: LinkStatus = {
  connection: startState(null),
  carrier: 'live',
  hello: null,
  beat: null,
  vouchedAt: null,
  verified: 0,
  mismatches: 0,
  wrongSince: null,
  wasWrong: null,
  denied: null,
  offsetMs: null,
  latency: null,
}

function createScope() {
  const state = emptyScope('nation')
  return (to: number, c: Delta['c'], r: Delta['r'] = [], x: string[] = []): ScopeFlush => {
    const applied = applyDelta(state, { t: 'delta', s: 'nation', from: state.position, to, sum: 0, at: 0, c, r, x })
    const touched = [...c].flatMap((group) =>
      group
        .slice(1)
        .filter((_, i) => i % 2 === 0)
        .map((area) => `${group[0]}|${area}`),
    )
    const dropped = 'cells' in applied ? applied.cells : []
    return {
      scope: 'nation',
      state,
      cells: new Set([...touched, ...dropped]),
      rows: new Set([...r.map((row) => `${row[0]}/${row[1]}`), ...x]),
      commits: [],
      receivedAt: 7,
      committedAt: 5,
    }
  }
}

describe('store', () => {
  test('a change wakes the readers of that cell alone, once per flush', () => {
    createRoot((dispose) => {
      const { store, writer } = createLiveStore(status)
      const scope = createScope()
      const runs = { red: 0, green: 0 }
      const red = createMemo(() => {
        runs.red++
        return store.cell('nation', 'waiting.red', 'TH') + store.cell('nation', 'waiting.red', '10')
      })
      createMemo(() => {
        runs.green++
        return store.cell('nation', 'waiting.green', 'TH')
      })
      writer.write([scope(1, [['waiting.red', 'TH', 5, '10', 2]])], status)
      expect(red()).toBe(7)
      expect(runs).toEqual({ red: 2, green: 1 })
      dispose()
    })
  })

  test('a scope knows when its newest record was committed, when its numbers came and when they were drawn, and tells only who asks', () => {
    createRoot((dispose) => {
      const { store, writer } = createLiveStore(status)
      const scope = createScope()
      expect(store.clocks('nation')).toEqual({ committedAt: 0, receivedAt: 0, paintedAt: 0 })
      writer.write([scope(1, [['waiting.red', 'TH', 5]])], status)
      writer.painted(['nation'], 9)
      expect(store.clocks('nation')).toEqual({ committedAt: 5, receivedAt: 7, paintedAt: 9 })
      dispose()
    })
  })

  test('a cell read for the first time after the flush has its value', () => {
    const { store, writer } = createLiveStore(status)
    const scope = createScope()
    writer.write([scope(1, [['deaths.total', 'TH', 9]], [['operation', '1', '2021-11-11', 'drill', 'ก', 'a']])], status)
    expect(store.cell('nation', 'deaths.total', 'TH')).toBe(9)
    expect(store.rows('nation', 'operation')).toEqual([
      { id: '1', day: '2021-11-11', kind: 'drill', titleTh: 'ก', titleEn: 'a' },
    ])
    expect(store.scope('nation')).toEqual({ position: 1, loaded: true })
  })

  test('a reader of a day that leaves the window ends at zero', () => {
    createRoot((dispose) => {
      const { store, writer } = createLiveStore(status)
      const scope = createScope()
      const value = createMemo(() => store.cell('nation', 'cases@2021-07-01', 'TH'))
      writer.write(
        [scope(1, [['cases@2021-07-01', 'TH', 4]], [['operation', '1', '2021-07-01', 'live', '', '']])],
        status,
      )
      expect(value()).toBe(4)
      const later = new Date(Date.UTC(2021, 6, 1 + DAYS_OWN)).toISOString().slice(0, 10)
      const flush = scope(2, [], [['operation', '1', later, 'live', '', '']])
      writer.write([{ ...flush, cells: new Set(['cases@2021-07-01|TH']) }], status)
      expect(value()).toBe(0)
      dispose()
    })
  })
})
