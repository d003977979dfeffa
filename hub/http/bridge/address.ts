import { BlockList, isIP, isIPv4, SocketAddress } from 'node:net'

/** Addresses one X-Forwarded-For may list; more are not read. */
const FORWARDED_MAX = 32

/** @returns the address as people write it: IPv4 dotted, IPv6 compressed, IPv4-mapped as IPv4; `undefined` if none. */
export function canonicalAddress(text: string): string | undefined {
  const bare = text.replace(/^\[(.+)\](?::\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1')
  if (isIPv4(bare)) return bare
  if (isIP(bare) !== 6) return undefined
  const { address } = new SocketAddress({ address: bare, family: 'ipv6' })
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)
  return mapped?.[1] ?? address
}

/** @param raw a socket's address as uWebSockets.js gives it: 4 or 16 bytes; none for a UNIX socket */
export function addressOfBytes(raw: ArrayBuffer): string {
  const bytes = new Uint8Array(raw)
  if (bytes.length === 4) return bytes.join('.')
  if (bytes.length !== 16) return ''
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i]! << 8) | bytes[2 * i + 1]!).toString(16))
  return canonicalAddress(groups.join(':')) ?? ''
}

export type Peer = { readonly address: string; readonly trusted: boolean }

/** Who is behind the proxies: X-Forwarded-For is read from its end, as far as those who wrote it are trusted. */
export type Proxies = {
  peer(address: string): Peer
  client(peer: Peer, forwardedFor: string | undefined): string
}

/** @param trusted addresses and CIDR ranges */
export function trustedProxies(trusted: readonly string[]): Proxies {
  const list = new BlockList()
  for (const entry of trusted) {
    const [network = '', prefix] = entry.split('/')
    const family = isIPv4(network) ? 'ipv4' : 'ipv6'
    if (prefix === undefined) list.addAddress(network, family)
    else list.addSubnet(network, Number(prefix), family)
  }
  const isTrusted = (address: string): boolean =>
    trusted.length > 0 && isIP(address) !== 0 && list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
  return {
    peer: (address) => ({ address, trusted: isTrusted(address) }),
    client(peer, forwardedFor) {
      if (!peer.trusted || forwardedFor === undefined) return peer.address
      let client = peer.address
      for (const hop of forwardedFor.split(',').slice(-FORWARDED_MAX).reverse()) {
        const address = canonicalAddress(hop.trim())
        if (address === undefined) return client
        client = address
        if (!isTrusted(address)) return client
      }
      return client
    },
  }
}
