import { createRoot } from 'solid-js'
import { expect, test, vi } from 'vitest'
import { createHubNow, hearHubClock, hubNow } from './hubClock.ts'

test('on a screen whose clock is two hours off, what happened is as long ago as by the hub’s clock', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  createRoot((dispose) => {
    const now = createHubNow(60_000)
    const screen = now()
    hearHubClock(null)
    expect(now()).toBe(screen)
    hearHubClock(-7_200_000)
    expect(now(), 'at once, not with the next minute').toBe(screen - 7_200_000)
    hearHubClock(-7_200_000 + 40)
    expect(now(), 'a ping that took its time moves nothing').toBe(screen - 7_200_000)
    vi.advanceTimersByTime(60_000)
    expect(now() - screen).toBeCloseTo(60_000 - 7_200_000, 0)
    expect(hubNow()).toBeCloseTo(now(), 0)
    hearHubClock(0)
    dispose()
  })
  vi.useRealTimers()
})
