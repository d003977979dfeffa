type Lists = {
  readonly outwardHosts?: readonly string[] | undefined
  readonly pushServices: readonly string[]
  readonly webhookHosts: readonly string[]
}

/** Whether a URL's host is one of `hosts`; `*.` before a name: all below it. */
export function isHostOf(hostname: string, hosts: readonly string[]): boolean {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  return hosts.some((host) => (host.startsWith('*.') ? bare.endsWith(host.slice(1)) : bare === host))
}

/** Whom the hub may speak to: what OUTWARD_HOSTS names, and the lists of push services and private webhooks. `undefined`: there is no list. */
export function outwardHosts({ outwardHosts, pushServices, webhookHosts }: Lists): readonly string[] | undefined {
  return outwardHosts && [...outwardHosts, ...pushServices, ...webhookHosts]
}

export class UnlistedHost extends Error {}

/**
 * `fetch` for all of the process, libraries too: what a provider's documents lead to is asked by theirs. It follows no
 * redirect, and with a list of hosts it asks nobody else (ASVS 13.2.4, 15.3.2).
 */
export function guardedFetch(real: typeof fetch, hosts: readonly string[] | undefined): typeof fetch {
  return async (input, init) => {
    const { hostname } = new URL(input instanceof Request ? input.url : input)
    if (hosts !== undefined && !isHostOf(hostname, hosts)) {
      throw new UnlistedHost(`OUTWARD_HOSTS does not name ${hostname}`)
    }
    return real(input, { ...init, redirect: init?.redirect === 'manual' ? 'manual' : 'error' })
  }
}
