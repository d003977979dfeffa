import { expect, test } from 'vitest'
import { pageTitle } from './title.ts'

test('every page was titled "Jitasa จิตอาสา": the particular comes first, and what is not known yet is left out', () => {
  expect(pageTitle(['Board', 'Chiang Mai'], 'Jitasa')).toBe('Board · Chiang Mai · Jitasa')
  expect(pageTitle([undefined, 'Audit log'], 'Jitasa')).toBe('Audit log · Jitasa')
})
