import { describe, expect, it } from 'vitest'
import { sayings } from './say.ts'

describe('what has changed is said in the unit of the number beside it', () => {
  const { change } = sayings('en')
  it.each([
    ['waiting', 333, 262, '+71'],
    ['waiting', 74, 74, '±0'],
    ['cases.mean', 497, 507.2857, '−10.3'],
    ['cases.growth', -0.06, -0.04, '−2 points'],
    ['beds.occupancy', 0.9412, 0.9673, '−3 points'],
    ['cases.rt', 0.99, 0.95, '+0.04'],
    ['beds.full', 0.8227, 0.5419, '+0.3 days'],
    ['waiting.oldest', 4_123, 4_121, '+2 min'],
    ['waiting.oldest', 4_320, 1_440, '+2.0 days'],
  ] as const)('%s: %d, before %d: %s', (id, now, before, said) => {
    expect(change(id, now, before)).toBe(said)
  })

  it('a change that is written as 0 is neither more nor less', () => {
    expect(change('cases.rt', 0.9852, 0.9847)).toBe('±0')
    expect(change('cases.growth', -0.0559, -0.0558)).toBe('±0 points')
    expect(change('beds.full', 0, 0)).toBe('±0 days')
  })

  it('what is not known has no change', () => {
    expect(change('waiting', null, 3)).toBe('–')
    expect(change('waiting', 3, undefined)).toBe('–')
  })
})
