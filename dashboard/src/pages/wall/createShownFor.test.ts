import { createRoot } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createShownFor } from './createShownFor.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('what is shown for a while', () => {
  it('goes by itself, also when it was put away and called anew in between', () => {
    const { isShown, show, dispose } = createRoot((dispose) => {
      const [isShown, show] = createShownFor(1_000)
      return { isShown, show, dispose }
    })
    show(true)
    vi.advanceTimersByTime(900)
    expect(isShown()).toBe(true)
    show(false)
    show(true)
    vi.advanceTimersByTime(900)
    expect(isShown()).toBe(true)
    vi.advanceTimersByTime(100)
    expect(isShown()).toBe(false)
    dispose()
  })
})
