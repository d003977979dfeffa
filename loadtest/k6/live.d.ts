/** What loadtest/xk6-live/module adds to k6. */
declare module 'k6/x/live' {
  /** What was counted since the last `take`. `latencies`: `[ms from commit to delivery, how often]`. */
  export type Taken = {
    readonly sockets: number
    /** scopes whose last question brought news, or no answer */
    readonly behind: number
    /** screens planned whose socket is not open */
    readonly away: number
    readonly latencies: readonly (readonly [ms: number, count: number])[]
    readonly counts: Readonly<Record<string, number>>
    /** the first thing that should never have come; '' when there was none */
    readonly problem: string
  }
  /** Screens on a thread of their own. @throws what a setting should be */
  export class Crowd {
    constructor(settings: {
      /** `http://address:port` */
      readonly hub: string
      readonly version: number
      /** local addresses, taken in turns */
      readonly sources: readonly string[]
      readonly napMs: number
    })
    /** Plans a screen. @param atMs since 1970; @param cookie '' for nobody's */
    add(atMs: number, scopes: readonly string[], carrier: 'live' | 'packed' | 'socketio', cookie: string): void
    /** Resets all sockets at once; they come back at once, by the positions they hold. */
    cut(): void
    /** Asks about every scope a last time. */
    finish(): void
    take(): Taken
    close(): void
  }
}
