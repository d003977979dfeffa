import { sleep } from 'k6'
import ws from 'k6/ws'
import { audience } from './audience.ts'
import { COOKIE, LIVE, profile, setup } from './settings.ts'
import { thresholds } from './tally.ts'
import { provers, viewers } from './viewers.ts'

/**
 * Readers that stop reading. k6's event-loop sockets read ahead without bound, so these are the older `k6/ws`: its
 * handler blocks the reader. They first ask for the whole nation so often that the kernel's buffers fill at once.
 */
export { provers, setup, viewers }

const QUESTIONS = 50

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

export function stalled(): void {
  ws.connect(LIVE, COOKIE === undefined ? {} : { headers: { Cookie: COOKIE } }, (socket: Socket) => {
    socket.on('open', () => {
      for (let i = 0; i < QUESTIONS; i++) socket.send('{"t":"sub","s":"nation","at":0}')
      sleep(Number(__ENV.STALL_SECONDS))
      socket.close()
    })
  })
}
