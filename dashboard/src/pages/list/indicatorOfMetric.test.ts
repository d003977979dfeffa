import { expect, test } from 'vitest'
import { indicatorOfMetric } from './indicatorOfMetric.ts'

test.each([
  ['cases', 'cases.day'],
  ['beds.occupied.2.1', 'beds.occupancy'],
  ['beds.held.3', 'beds.other'],
  ['waiting', 'waiting'],
  ['waiting.red', 'waiting.red'],
  ['waiting.green', 'waiting'],
  ['care.hospital.red', 'care'],
  ['doses.2', 'doses.day'],
  ['doses.late', 'doses.late'],
  ['sites.late', 'reporting.sites'],
  ['', undefined],
  ['recovered', undefined],
] as const)('the list of %s is of %s', (metric, id) => expect(indicatorOfMetric(metric)).toBe(id))
