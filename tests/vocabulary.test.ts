import { expect, test } from 'vitest'
import { listKey, listsThatStandTwice, vocabularyLists } from './support/structure.ts'

test('a list of the vocabulary stands in the vocabulary alone', async () => {
  const known = await vocabularyLists()
  expect(known.get(listKey(['green', 'red', 'unknown', 'yellow']))).toBe('SEVERITIES')
  expect(await listsThatStandTwice()).toEqual([])
})
