import { expect, test } from 'vitest'
import { createNoteDraft, forgetNoteDrafts } from './noteDraft.ts'

test('a half-written note was lost on the way back: it waits for its case and its account, until signing out', () => {
  const [, write] = createNoteDraft('ann', 7)
  write('door on the left, dog')
  expect(createNoteDraft('ann', 7)[0]()).toBe('door on the left, dog')
  expect(createNoteDraft('ann', 8)[0]()).toBe('')
  expect(createNoteDraft('bob', 7)[0]()).toBe('')
  createNoteDraft('ann', 7)[1]('')
  expect(createNoteDraft('ann', 7)[0]()).toBe('')
  write('again')
  forgetNoteDrafts()
  expect(createNoteDraft('ann', 7)[0]()).toBe('')
})
