import { createEffect, createRoot, createSignal } from 'solid-js'
import { expect, test, vi } from 'vitest'
import { screenNow } from '../clock.ts'
import { createHubNow, hearHubClock, hearHubDate, hubNow } from './hubClock.ts'

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

test('a page without a link hears it from answers, which do not unsettle what a link has told', () => {
  const ahead = () => hubNow() - screenNow()
  const date = (ms: number) => new Date(ms).toUTCString()
  hearHubDate(null, 0, 100)
  expect(ahead()).toBeCloseTo(0, 0)
  hearHubDate(date(7_200_000), 0, 200)
  expect(ahead()).toBeCloseTo(7_200_000 + 400, -2)
  hearHubClock(7_200_900)
  hearHubDate(date(7_201_000), 1_000, 1_200)
  expect(ahead(), 'within the second and the time of the answer').toBeCloseTo(7_200_900, -2)
  hearHubDate(date(9_000), 9_000, 9_100)
  expect(Math.abs(ahead()), 'a clock that was set right').toBeLessThan(1_000)
  hearHubClock(0)
})

test('two links that tell it a second apart, as on a busy machine, do not answer each other for ever', () => {
  const { tell, dispose } = createRoot((dispose) => {
    const links = [0, 1].map(() => createSignal<number | null>(null))
    for (const [offset] of links) createEffect(() => hearHubClock(offset()))
    return { tell: links.map(([, set]) => set), dispose }
  })
  tell[0]!(400)
  tell[1]!(1_400)
  expect(hubNow() - screenNow()).toBeCloseTo(1_400, 0)
  tell[0]!(500)
  expect(hubNow() - screenNow(), 'the last that was heard').toBeCloseTo(500, 0)
  dispose()
  hearHubClock(0)
})
