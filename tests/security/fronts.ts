import { freePort } from '../../db/postgres/cluster.ts'
import { serveBridge } from '../http/servers.ts'
import { haproxy, startHaproxy } from '../support/haproxy.ts'
import { nginx, startNginx } from '../support/nginx.ts'
import { FRONT_ID, fuzzHeads, type HeadsResult, noting, smuggled } from './heads.ts'

type Started = { readonly port: number; stop(): Promise<void> }
export type Front = 'nothing' | 'nginx' | 'HAProxy'

/** 505: another version than HTTP/1.1, by uWebSockets.js. 501: a transfer coding that the front does not know. */
const REFUSALS = [501, 505]

const STARTS: Readonly<Record<Front, ((hub: number) => Promise<Started>) | undefined>> = {
  nothing: async (hub) => ({ port: hub, stop: async () => undefined }),
  nginx: nginx
    ? async (hub) => {
        const plainPort = await freePort()
        const front = await startNginx({ hubs: [hub], plainPort, site: `proxy_set_header ${FRONT_ID} $request_id;` })
        return { port: plainPort, stop: () => front.stop() }
      }
    : undefined,
  HAProxy: haproxy ? (hub) => startHaproxy(hub, [`http-request set-header ${FRONT_ID} %[uuid()]`]) : undefined,
}

export const isThere = (front: Front): boolean => STARTS[front] !== undefined

/** Odd heads to a hub behind a front. @returns also what came to the hub past the front */
export async function fuzzThrough(
  front: Front,
  seed: number,
  runs: number,
): Promise<HeadsResult & { readonly brought: number; readonly past: readonly (string | null)[] }> {
  const { fetch, brought } = noting()
  const hub = await serveBridge(fetch, { bodyIdleMs: 500, trustedProxies: ['127.0.0.1'] })
  try {
    const started = await STARTS[front]!(hub.port)
    try {
      const found = await fuzzHeads(started.port, seed, { runs, allowed: REFUSALS })
      return { ...found, brought: brought.length, past: front === 'nothing' ? [] : smuggled(brought) }
    } finally {
      await started.stop()
    }
  } finally {
    await hub.stop()
  }
}
