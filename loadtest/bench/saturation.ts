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

/** Messages published that the slowest socket had not had yet, when the window began and when it ended; `perSecond`: published. */
export type Backlog = { readonly before: number; readonly after: number; readonly perSecond: number }

export const SERVER_BUSY_MIN = 0.95
/** One message is being written, one or two wait for the client's lap; a client that is held up for half a second has more. */
export const BACKLOG_MAX = 12
/** A window may end at another moment of the client's lap than it began; more is a client that cannot follow. */
export const BACKLOG_GROWTH_MAX = 5
/** The same in seconds of what is published: fewer sockets get more messages in a nap. */
const BACKLOG_SECONDS_MAX = 0.6
const BACKLOG_GROWTH_SECONDS_MAX = 0.25
/** Others on the server's core: their cache misses are charged to the server. */
export const FOREIGN_MAX = 0.08
export const STOLEN_MAX = 0.05

const percent = (share: number): string => `${Math.round(share * 100)} %`

/**
 * @param on the cores that servers run on, as Stage.startServer was told
 * @returns `undefined` when the servers had them for themselves, but for the client; else who had not left them alone
 */
export function disturbance(window: Window, on: 'own' | 'both' = 'own'): string | undefined {
  const { server, client, serverCore, clientCore, stolen } = window
  if (serverCore === undefined || clientCore === undefined) {
    return 'server and client could not be pinned to different cores'
  }
  const core = on === 'own' ? "the server's core" : 'a core'
  if (stolen > STOLEN_MAX) return `the hypervisor took ${percent(stolen)} of ${core}`
  const foreign = serverCore - server + (on === 'both' ? clientCore - client : 0)
  if (foreign > FOREIGN_MAX * (on === 'both' ? 2 : 1)) {
    return `others used ${percent(foreign)} of ${core}: the machine is not quiet`
  }
  return undefined
}

/**
 * The server was the bottleneck when its core was busy and the client followed: all but a few messages had been received,
 * no more of them at the end than at the beginning.
 * @returns `undefined` when it was, else why the window must not be used for a ratio
 */
export function refusal(window: Window, backlog: Backlog): string | undefined {
  const { client, serverCore = 0, clientCore = 0 } = window
  const disturbed = disturbance(window)
  if (disturbed !== undefined) return disturbed
  if (serverCore < SERVER_BUSY_MIN) return `not saturated: the server's core was ${percent(serverCore)} busy`
  const { before, after, perSecond } = backlog
  const most = Math.max(BACKLOG_MAX, perSecond * BACKLOG_SECONDS_MAX)
  if (after > most || after - before > Math.max(BACKLOG_GROWTH_MAX, perSecond * BACKLOG_GROWTH_SECONDS_MAX)) {
    const busy = `its core was ${percent(clientCore)} busy, ${percent(client)} by itself`
    return `the client did not follow: ${before} messages behind, then ${after}; ${busy}`
  }
  return undefined
}

/** Of windows of the same length. */
export function meanWindow(windows: readonly Window[]): Window {
  const mean = (pick: (window: Window) => number | undefined): number | undefined => {
    const values = windows.map(pick)
    return values.some((value) => value === undefined)
      ? undefined
      : values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / values.length
  }
  return {
    server: mean(({ server }) => server) ?? 0,
    client: mean(({ client }) => client) ?? 0,
    serverCore: mean(({ serverCore }) => serverCore),
    clientCore: mean(({ clientCore }) => clientCore),
    stolen: mean(({ stolen }) => stolen) ?? 0,
  }
}
