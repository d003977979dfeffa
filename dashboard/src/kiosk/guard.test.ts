import { expect, test } from 'vitest'
import { BEAT, isBeat, isFrozen, mayBeat, SILENT_MS_MAX, START_MS_MAX } from './guard.ts'

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

test('a beat is the frame’s own: another window, another site, another text or none is no beat', () => {
  const frame = {} as MessageEventSource
  const own = { origin: 'https://hub.example', frame }
  const message = { data: BEAT, origin: own.origin, source: frame }
  expect(isBeat(message, own)).toBe(true)
  expect(isBeat({ ...message, origin: 'https://evil.example' }, own)).toBe(false)
  expect(isBeat({ ...message, source: {} as MessageEventSource }, own)).toBe(false)
  expect(isBeat({ ...message, source: null }, { ...own, frame: null })).toBe(false)
  for (const data of ['', `${BEAT} `, { BEAT }, null]) expect(isBeat({ ...message, data }, own)).toBe(false)
})
