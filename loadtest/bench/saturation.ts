/** Whether a window measured the server and nothing else. Pure. */

/** Shares of one core over a window, 0 to 1. */
export type Window = {
  readonly server: number
  readonly client: number
  /** of the core the server is pinned to, whoever used it; `undefined` when nothing is pinned */
  readonly serverCore: number | undefined
  readonly clientCore: number | undefined
  readonly stolen: number
}

export const SERVER_BUSY_MIN = 0.95
/** Above it the client may have been what the server waited for. */
export const CLIENT_BUSY_MAX = 0.92
/** Others on the server's core: their cache misses are charged to the server. */
export const FOREIGN_MAX = 0.08
export const STOLEN_MAX = 0.05

const percent = (share: number): string => `${Math.round(share * 100)} %`

/** @returns `undefined` when the server had its core for itself, else who had not left it alone. */
export function disturbance({ server, serverCore, clientCore, stolen }: Window): string | undefined {
  if (serverCore === undefined || clientCore === undefined) {
    return 'server and client could not be pinned to different cores'
  }
  if (stolen > STOLEN_MAX) return `the hypervisor took ${percent(stolen)} of the server's core`
  const foreign = serverCore - server
  if (foreign > FOREIGN_MAX) return `others used ${percent(foreign)} of the server's core: the machine is not quiet`
  return undefined
}

/** @returns `undefined` when the server was the bottleneck, else why the window must not be used for a ratio. */
export function refusal(window: Window): string | undefined {
  const { client, serverCore = 0, clientCore = 0 } = window
  const disturbed = disturbance(window)
  if (disturbed !== undefined) return disturbed
  if (serverCore < SERVER_BUSY_MIN) return `not saturated: the server's core was ${percent(serverCore)} busy`
  if (Math.max(client, clientCore) > CLIENT_BUSY_MAX) {
    return `the client was the bottleneck: its core was ${percent(clientCore)} busy, ${percent(client)} by itself`
  }
  return undefined
}
