import { expect, test } from 'vitest'
import { isFrozen, mayBeat, SILENT_MS_MAX, START_MS_MAX } from './guard.ts'

test('a page has a minute to begin, and then beats: silent for 15 s it is frozen', () => {
  expect(isFrozen(1_000, null, 1_000 + START_MS_MAX)).toBe(false)
  expect(isFrozen(1_000, null, 1_001 + START_MS_MAX)).toBe(true)
  expect(isFrozen(1_000, 500_000, 500_000 + SILENT_MS_MAX)).toBe(false)
  expect(isFrozen(1_000, 500_000, 500_001 + SILENT_MS_MAX)).toBe(true)
})

test('a page beats while it draws, or is hidden; not when it has stopped to draw, nor when it has failed', () => {
  const page = { hasDrawn: true, isHidden: false, hasFailed: false }
  expect(mayBeat(page)).toBe(true)
  expect(mayBeat({ ...page, hasDrawn: false })).toBe(false)
  expect(mayBeat({ ...page, hasDrawn: false, isHidden: true })).toBe(true)
  expect(mayBeat({ ...page, hasFailed: true })).toBe(false)
})
