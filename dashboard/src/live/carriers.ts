import { isFeedScope, type Scope } from '../../../hub/contract/live/scopes.ts'
import { PROTOCOL_VERSION } from '../../../hub/contract/live/version.ts'
import { sessionState } from '../session/account.ts'
import { readsFeed } from './advice.ts'
import type { Carrier } from './carrier.ts'
import { createFallback } from './fallback.ts'
import { lazyTransport } from './lazy.ts'
import { createPublicCarrier, type PublicCarrier } from './publicCarrier.ts'
import { liveUrl, webSocketTransport } from './websocket.ts'
import { world } from './world.ts'

const CARRIER_KEY = 'jitasa.carrier'

function rememberedCarrier(): Carrier | null {
  const stored = sessionStorage.getItem(CARRIER_KEY)
  return stored === 'live' || stored === 'socketio' ? stored : null
}

function sockets() {
  return createFallback({
    carriers: {
      live: webSocketTransport(liveUrl(location, PROTOCOL_VERSION)),
      socketio: lazyTransport(async () => {
        const { socketIoTransport } = await import('./socketio.ts')
        return socketIoTransport(location.origin, PROTOCOL_VERSION)
      }),
    },
    world,
    remembered: rememberedCarrier(),
    remember: (carrier) => sessionStorage.setItem(CARRIER_KEY, carrier),
  })
}

/** A body as it stands at an address; what may be kept, the browser keeps. */
async function bodyAt(path: string, signal: AbortSignal): Promise<string | null> {
  const response = await fetch(path, { signal, credentials: 'omit' })
  return response.status === 200 ? response.text() : null
}

/** What carries the frames of a session: those without an account may be sent to the feed, for what it has. */
export function carriers(scopes: readonly Scope[]): PublicCarrier {
  if (sessionState().kind === 'in' || !scopes.every(isFeedScope)) return sockets()
  const feed = lazyTransport(async () => {
    const { feedTransport } = await import('./feed.ts')
    return feedTransport({ scopes, world, get: bodyAt })
  })
  return createPublicCarrier({ sockets: sockets(), feed, world, readsFeed })
}
