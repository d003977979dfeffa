import { CLOSE, type CloseName } from '../contract/live/close.ts'
import type { Scope } from '../contract/live/scopes.ts'
import { encodeFrame, type Frame } from './frames.ts'
import type { Session } from './session.ts'

export type FarewellOptions = {
  readonly why: Extract<CloseName, 'restarting' | 'moved'>
  readonly random: () => number
  /** they come back spread over so long, so that the next hub is not stormed */
  readonly spreadMs: number
  readonly positionOf: (scope: Scope) => number
  readonly frameSince: (scope: Scope, position: number) => Frame
}

/**
 * The last words to a session whose hub ends, or which is to ask anew what it shows. A position in a quiet scope is old:
 * brought up to now, it can be resumed at a hub that has just started.
 */
export function sayFarewell(
  session: Session,
  { why, random, spreadMs, positionOf, frameSince }: FarewellOptions,
): void {
  const { state, link } = session
  if (session.flow.kind === 'reading' && state.asked.size === 0) {
    for (const scope of state.scopes) {
      const from = positionOf(scope)
      if (from > 0) link.send(frameSince(scope, from))
    }
  }
  link.send(encodeFrame({ t: 'bye', code: CLOSE[why].code, in: Math.round(random() * spreadMs) }))
}
