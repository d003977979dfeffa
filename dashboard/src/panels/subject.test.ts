import { expect, it } from 'vitest'
import { homeOf, subjectScope } from './subject.tsx'

it('the numbers of a place are in the scope of the nation, or of its province', () => {
  expect(['TH', 'R06', '50', '5001'].map((area) => subjectScope(homeOf(area), true))).toEqual([
    'nation',
    'nation',
    'province:50',
    'province:50',
  ])
  expect(subjectScope(homeOf('5001'), false)).toBe('public:50')
})
