import type { Config } from '../runtime/config.ts'
import type { BusOptions } from '../source/jetstream/bus.ts'

/** @param name as NATS's monitoring shows it. @throws Error with a sentence when no NATS is configured */
export function busOf({ feed, feedCa }: Config, name: string): BusOptions {
  if (feed === 'postgres') throw new Error('HUB_FEED names no NATS: set it to nats://host:4222')
  return { address: feed, name, ...(feedCa === undefined ? {} : { caFile: feedCa }) }
}
