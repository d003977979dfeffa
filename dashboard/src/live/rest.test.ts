import { beforeEach, expect, it } from 'vitest'
import { createRest, REST_AFTER_MS } from './rest.ts'

let did: string[]
let timers: { at: number; task: () => void }[]
let now: number

const link = { start: () => void did.push(`start ${now}`), stop: () => void did.push(`stop ${now}`) }
const world = {
  after(ms: number, task: () => void) {
    const timer = { at: now + ms, task }
    timers.push(timer)
    return () => void timers.splice(timers.indexOf(timer), 1)
  },
}
function pass(ms: number): void {
  now += ms
  for (const timer of timers.splice(0)) timer.at <= now ? timer.task() : timers.push(timer)
}

beforeEach(() => {
  did = []
  timers = []
  now = 0
})

it('a page in the background lets go of its link, once, and takes it up when it is shown', () => {
  const rest = createRest(link, world)
  rest.hidden(true)
  pass(REST_AFTER_MS)
  pass(600_000)
  expect(did).toEqual([`stop ${REST_AFTER_MS}`])
  rest.hidden(false)
  expect(did).toEqual([`stop ${REST_AFTER_MS}`, `start ${REST_AFTER_MS + 600_000}`])
})

it('a short look elsewhere costs no link, and a link that ended for another reason is not begun anew', () => {
  const rest = createRest(link, world)
  rest.hidden(true)
  pass(REST_AFTER_MS - 1)
  rest.hidden(false)
  pass(600_000)
  rest.hidden(false)
  expect(did).toEqual([])
})

it('what is stopped with its page stays stopped', () => {
  const rest = createRest(link, world)
  rest.hidden(true)
  rest.stop()
  pass(600_000)
  expect(did).toEqual([])
})
