import { beforeEach, expect, test } from 'vitest'
import type { ClientMessage } from '../../../hub/contract/live/messages.ts'
import { clientMessage } from '../../../hub/contract/live/messages.ts'
import { ASKED_MS, createPaints, SCREEN_EVERY_MS } from './paints.ts'

const STATE = { scene: 'Thailand', build: 'b', fps: 60, ms: 40, w: 1920, h: 1080 }

function start() {
  let now = 0
  let timer: { at: number; task: () => void } | undefined
  const said: (readonly [at: number, ClientMessage])[] = []
  const state = { ...STATE }
  let shown = true
  const paints = createPaints({
    world: {
      now: () => now,
      random: () => 0,
      after: (ms, task) => {
        const own = { at: now + ms, task }
        timer = own
        return () => {
          if (timer === own) timer = undefined
        }
      },
    },
    send: (messages) => said.push(...messages.map((message) => [now, clientMessage.parse(message)] as const)),
    state: () => (shown ? state : null),
  })
  const wait = (ms: number) => {
    const until = now + ms
    while (timer !== undefined && timer.at <= until) {
      const due = timer
      timer = undefined
      now = due.at
      due.task()
    }
    now = until
  }
  const painted = () => said.filter(([, { t }]) => t === 'painted')
  return { paints, wait, said, state, painted, show: (value: boolean) => (shown = value) }
}

let setup: ReturnType<typeof start>
beforeEach(() => {
  setup = start()
  setup.paints.greeted('e', 1_000)
})

test('[P1] after quiet it says at once what is painted, then at the pace of the hub, with a paint, and the longest time', () => {
  const { paints, wait, painted } = setup
  wait(5_000)
  paints.painted([{ scope: 'nation', position: 10, ms: 80 }])
  wait(0)
  for (let i = 1; i <= 18; i++) {
    wait(110)
    paints.painted([{ scope: 'nation', position: 10 + i, ms: i === 4 ? 200 : 50 }])
  }
  wait(110)
  paints.painted([{ scope: 'nation', position: 29, ms: 60 }])
  wait(5_000)
  expect(painted()).toEqual([
    [5_000, { t: 'painted', e: 'e', p: [['nation', 10, 80]] }],
    [5_990, { t: 'painted', e: 'e', p: [['nation', 19, 200]] }],
    [6_980, { t: 'painted', e: 'e', p: [['nation', 28, 50]] }],
    // No other paint came to say it with.
    [7_980, { t: 'painted', e: 'e', p: [['nation', 29, 60]] }],
  ])
})

test('[P1] on a new link it says anew what is painted; of another database nothing is', () => {
  const { paints, wait, painted } = setup
  paints.painted([{ scope: 'nation', position: 10, ms: 80 }])
  wait(1_000)
  paints.greeted('e', 1_000)
  wait(1_000)
  paints.greeted('f', 1_000)
  wait(20_000)
  expect(painted().map(([, message]) => message)).toEqual([
    { t: 'painted', e: 'e', p: [['nation', 10, 80]] },
    { t: 'painted', e: 'e', p: [['nation', 10, null]] },
  ])
})

test('[P1] more scopes than one message names are said in two', () => {
  const { paints, wait, painted } = setup
  const scopes = Array.from({ length: 13 }, (_, i) => `presence:${i}` as const)
  paints.painted(scopes.map((scope) => ({ scope, position: 5, ms: null })))
  wait(1_000)
  expect(painted().map(([, message]) => message.t === 'painted' && message.p.length)).toEqual([12, 1])
})

test('[P2] it says what it is once something is painted, when that changes, and every thirty seconds', () => {
  const { paints, wait, said, state } = setup
  const states = () => said.filter(([, { t }]) => t === 'screen').map(([at]) => at)
  wait(30_000)
  expect(states()).toEqual([])
  paints.painted([{ scope: 'nation', position: 10, ms: 80 }])
  wait(65_000)
  const [first = 0] = states()
  expect(states()).toEqual([first, first + SCREEN_EVERY_MS, first + 2 * SCREEN_EVERY_MS])
  state.scene = 'Chiang Mai'
  paints.painted([{ scope: 'nation', position: 11, ms: 80 }])
  wait(0)
  expect(said.at(-1)).toEqual([95_000, { t: 'screen', ...STATE, scene: 'Chiang Mai' }])
})

test('a page that is left says nothing more', () => {
  const { paints, wait, said } = setup
  paints.painted([{ scope: 'nation', position: 10, ms: 80 }])
  paints.stop()
  wait(20_000)
  expect(said).toEqual([])
})

test('[P1] while it is not shown it says nothing; then all that it holds, without a time', () => {
  const { paints, wait, said, show } = setup
  show(false)
  paints.painted([{ scope: 'nation', position: 10, ms: 80 }])
  wait(20_000)
  expect(said).toEqual([])
  show(true)
  wait(1_000)
  expect(said.map(([, message]) => message)).toEqual([
    { t: 'painted', e: 'e', p: [['nation', 10, null]] },
    { t: 'screen', ...STATE },
  ])
})

test('[P4] asked by the hub it says what it has not said, with what came with the question; else what it paints next', () => {
  const { paints, wait, painted } = setup
  paints.greeted('e', 10_000)
  paints.painted([{ scope: 'nation', position: 10, ms: 80 }])
  wait(1_000)
  paints.painted([{ scope: 'nation', position: 11, ms: 40 }])
  wait(1_000)
  paints.asked()
  wait(ASKED_MS - 10)
  paints.painted([{ scope: 'nation', position: 12, ms: 30 }])
  wait(1_000)
  paints.asked()
  wait(1_000)
  paints.painted([{ scope: 'nation', position: 13, ms: 30 }])
  wait(0)
  paints.painted([{ scope: 'nation', position: 14, ms: 30 }])
  wait(1_000)
  expect(painted()).toEqual([
    [0, { t: 'painted', e: 'e', p: [['nation', 10, 80]] }],
    [2_000 + ASKED_MS - 10, { t: 'painted', e: 'e', p: [['nation', 12, 40]] }],
    [4_000 + ASKED_MS - 10, { t: 'painted', e: 'e', p: [['nation', 13, 30]] }],
  ])
})

test('[P1] what it was told by an administrator it says at once, whatever it has said just before', () => {
  const { paints, wait, painted } = setup
  paints.painted([{ scope: 'nation', position: 10, ms: 80 }])
  wait(10)
  paints.painted([{ scope: `screen:${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`, position: 11, ms: 80 }])
  wait(0)
  expect(painted().map(([at]) => at)).toEqual([0, 10])
})
