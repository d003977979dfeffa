import { sleep } from 'k6'
import ws from 'k6/ws'
import { audience } from './audience.ts'
import { COOKIE, LIVE, profile, setup } from './settings.ts'
import { thresholds } from './tally.ts'
import { provers, viewers } from './viewers.ts'

/**
 * Readers that stop reading. k6's event-loop sockets read ahead without bound, so these are the older `k6/ws`: its
 * handler blocks the reader. They ask for whole scopes again and again, so that the kernel's buffers fill in seconds.
 */
export { provers, setup, viewers }

/** just below what the hub allows a client to say */
const QUESTIONS_AT_ONCE = 50
const QUESTIONS_A_SECOND = 9
/** the largest answers */
const ASKED = ['nation', 'province:10', 'province:50'] as const

export const stalling = Object.fromEntries(
  profile.stalled.spans.map(([from, to], i) => [
    `stalled${i}`,
    {
      executor: 'per-vu-iterations',
      exec: 'stalled',
      vus: profile.stalled.sockets,
      iterations: 1,
      startTime: `${from}s`,
      maxDuration: `${to - from}s`,
      gracefulStop: '0s',
      env: { STALL_SECONDS: String(to - from - 1) },
    },
  ]),
)

export const options = { scenarios: { ...audience('viewers', 'provers'), ...stalling }, thresholds }

declare const __ENV: Readonly<Record<string, string | undefined>>

type Socket = { on(event: string, handler: () => void): void; send(text: string): void; close(): void }

function ask(socket: Socket, i: number): void {
  socket.send(JSON.stringify({ t: 'sub', s: ASKED[i % ASKED.length], at: 0 }))
}

export function stalled(): void {
  ws.connect(LIVE, COOKIE === undefined ? {} : { headers: { Cookie: COOKIE } }, (socket: Socket) => {
    socket.on('open', () => {
      for (let i = 0; i < QUESTIONS_AT_ONCE; i++) ask(socket, i)
      for (let second = 0; second < Number(__ENV.STALL_SECONDS); second++) {
        sleep(1)
        for (let i = 0; i < QUESTIONS_A_SECOND; i++) ask(socket, i)
      }
      socket.close()
    })
  })
}
