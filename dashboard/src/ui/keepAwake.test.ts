import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepAwake } from './keepAwake.ts'

type Lock = EventTarget & { released: boolean; release(): Promise<void> }

let locks: Lock[] = []
let refuse = false
let visibility: DocumentVisibilityState = 'visible'

function makeLock(): Lock {
  const lock = Object.assign(new EventTarget(), {
    released: false,
    async release() {
      if (lock.released) return
      lock.released = true
      lock.dispatchEvent(new Event('release'))
    },
  })
  locks.push(lock)
  return lock
}

beforeEach(() => {
  vi.useFakeTimers()
  locks = []
  refuse = false
  visibility = 'visible'
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
  vi.spyOn(console, 'warn').mockReturnValue()
  Object.defineProperty(navigator, 'wakeLock', {
    configurable: true,
    value: { request: async () => (refuse ? Promise.reject(new Error('low battery')) : makeLock()) },
  })
})

afterEach(() => {
  Reflect.deleteProperty(navigator, 'wakeLock')
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const settled = () => vi.advanceTimersByTimeAsync(0)

test('the screen is kept on, again when the browser has let go and the page is seen again, and let go at the end', async () => {
  const letGo = keepAwake()
  await settled()
  expect(locks).toHaveLength(1)
  visibility = 'hidden'
  await locks[0]?.release()
  await settled()
  expect(locks, 'not while it is hidden').toHaveLength(1)
  visibility = 'visible'
  document.dispatchEvent(new Event('visibilitychange'))
  await settled()
  expect(locks).toHaveLength(2)
  letGo()
  await settled()
  expect(locks.map(({ released }) => released)).toEqual([true, true])
  document.dispatchEvent(new Event('visibilitychange'))
  await settled()
  expect(locks).toHaveLength(2)
})

test('a browser that refuses is asked again a minute later', async () => {
  refuse = true
  const letGo = keepAwake()
  await settled()
  refuse = false
  await vi.advanceTimersByTimeAsync(60_000)
  expect(locks).toHaveLength(1)
  letGo()
})

test('a browser without it is left alone', () => {
  Reflect.deleteProperty(navigator, 'wakeLock')
  keepAwake()()
  expect(locks).toHaveLength(0)
})
