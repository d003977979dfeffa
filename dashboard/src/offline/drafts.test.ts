import { expect, test } from 'vitest'
import { createKeeper, draftKey } from './drafts.ts'

test('a draft is its account’s, one per kind, and a correction has its own', () => {
  const keys = [draftKey('a', 'dose', undefined), draftKey('b', 'dose', undefined), draftKey('a', 'test', undefined)]
  expect(new Set([...keys, draftKey('a', 'dose', 'a-refused-record')]).size).toBe(4)
})

test('of what is typed while a write is under way the newest is written, and nothing older after it', async () => {
  const written: string[] = []
  const doors: (() => void)[] = []
  const keeper = createKeeper<string>(async (value) => {
    await new Promise<void>((resolve) => doors.push(resolve))
    written.push(value)
  })
  const first = keeper.keep('a')
  for (const value of ['ab', 'abc', 'abcd']) void keeper.keep(value)
  doors.shift()?.()
  await expect.poll(() => doors.length).toBe(1)
  doors.shift()?.()
  await first
  await keeper.settled()
  expect(written).toEqual(['a', 'abcd'])
  const later = keeper.keep('abcde')
  doors.shift()?.()
  await later
  expect(written.at(-1)).toBe('abcde')
})

test('a disk that refuses is told to who typed, and the next key press tries again', async () => {
  let full = true
  const keeper = createKeeper<string>(async () => {
    if (full) throw new Error('no space')
  })
  await expect(keeper.keep('a')).rejects.toThrow('no space')
  const typed = keeper.keep('ab')
  full = false
  void keeper.keep('abc')
  await expect(typed).resolves.toBeUndefined()
})
