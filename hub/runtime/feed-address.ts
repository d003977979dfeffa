import { decodedPercent } from './percent.ts'

/** Where NATS is, and as whom. */
export type FeedAddress = {
  readonly servers: readonly string[]
  readonly tls: boolean
  readonly user?: string
  readonly pass?: string
}

const ADDRESS = /^(nats|tls):\/\/(?:([^@/]+)@)?([^@/?#]+)\/?$/
const HOST = /^(?:[\w.-]+|\[[\da-fA-F:]+\])(?::\d{1,5})?$/

/**
 * @param text `nats://user:password@host:4222,host:4222`; `tls://` for an encrypted link
 * @returns `undefined` when it is no such address
 */
export function readFeedAddress(text: string): FeedAddress | undefined {
  const [, scheme, account, hosts = ''] = ADDRESS.exec(text) ?? []
  const servers = hosts.split(',')
  if (scheme === undefined || !servers.every((host) => HOST.test(host))) return undefined
  const tls = scheme === 'tls'
  if (account === undefined) return { servers, tls }
  const [user, pass] = `${account}:`.split(':', 2).map(decodedPercent)
  return user === undefined || pass === undefined ? undefined : { servers, tls, user, pass }
}
