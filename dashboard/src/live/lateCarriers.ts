import type { Scope } from '../../../hub/contract/live/scopes.ts'
import { lazyTransport } from './lazy.ts'
import type { PublicCarrier } from './publicCarrier.ts'

/** Carriers of a page that has all it begins with: what carries what comes next is fetched when that is drawn. */
export function lateCarriers(scopes: readonly Scope[]): PublicCarrier {
  let made: PublicCarrier | undefined
  const transport = lazyTransport(async () => {
    const { carriers } = await import('./carriers.ts')
    made ??= carriers(scopes)
    return made
  })
  return { ...transport, carrier: () => made?.carrier() ?? 'live' }
}
