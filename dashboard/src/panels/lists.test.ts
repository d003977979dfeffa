import { describe, expect, it } from 'vitest'
import { DAY_METRICS, STOCK_METRICS } from '../../../hub/contract/vocabulary/metrics.ts'
import { indicatorList, type ListMetric, listHref, listKind } from './lists.ts'

const SUMS: readonly ListMetric[] = ['waiting', 'care', 'care.hospital', 'doses', 'doses.total', 'tests', 'positive']

describe('the list behind a number', () => {
  it('is of cases, reports or facilities, by what the hub counts', () => {
    const stems = (kind: string) => [
      ...new Set(
        [...DAY_METRICS, ...STOCK_METRICS, ...SUMS].filter((m) => listKind(m) === kind).map((m) => m.split('.')[0]),
      ),
    ]
    expect(stems('cases').sort()).toEqual([
      ...['care', 'cases', 'claims', 'contact', 'deaths', 'lapsed', 'needs', 'recovered'],
      ...['uncalled', 'unclaimed', 'uncontacted', 'waiting'],
    ])
    expect(stems('reports').sort()).toEqual(['corrected', 'doses', 'given', 'late', 'planned', 'positive', 'tests'])
    expect(stems('facilities').sort()).toEqual(['beds', 'occupied', 'sites', 'stock'])
    expect(listKind('doses.points')).toBe('facilities')
    expect(listKind('')).toBe('cases')
  })

  it('is addressed by area, metric and days', () => {
    expect(listHref({ metric: 'waiting.red', area: '50' })).toBe('/list?area=50&metric=waiting.red')
    expect(listHref({ metric: 'cases', area: 'TH', day: '2021-11-11', days: 7 })).toBe(
      '/list?area=TH&metric=cases&day=2021-11-11&days=7',
    )
  })

  it('of a ranked value is what is ranked; beside occupied beds stand the free ones', () => {
    const today = '2021-11-11'
    expect(indicatorList({ indicator: 'incidence', level: '3' }, today, 'value')).toEqual({
      metric: 'cases',
      day: today,
      days: 7,
    })
    expect(indicatorList({ indicator: 'occupancy', level: '2.1' }, today, 'value')).toEqual({
      metric: 'beds.occupied.2.1',
    })
    expect(indicatorList({ indicator: 'occupancy', level: '2.1' }, today, 'count')).toEqual({
      metric: 'beds.available.2.1',
    })
  })
})
