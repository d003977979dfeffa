import { createInbox, type Inbox, overdue, receive, subscribeAll } from '../../dashboard/src/live/inbox.ts'
import { createLink, type World } from '../../dashboard/src/live/link.ts'
import type { Transport } from '../../dashboard/src/live/transport.ts'
import type { Delta } from '../../hub/contract/live/messages.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'

/** The dashboard's own link and inbox, without a page. */
export type Screen = {
  readonly inbox: Inbox
  /** deltas missed without having been asked for */
  readonly gaps: number
  stop(): void
}

export type ScreenOptions = {
  readonly scopes: readonly Scope[]
  readonly transport: Transport
  readonly world: World
  readonly startsInMs: number
}

/** How often overdue answers are looked for, as dashboard/src/live/session.ts does. */
const CHECK_EVERY_MS = 1_000

export function startScreen({ scopes, transport, world, startsInMs }: ScreenOptions): Screen {
  const inbox = createInbox(scopes)
  let gaps = 0
  const link = createLink({
    transport,
    world,
    reloadedAt: null,
    onMessage(message) {
      if (message.t === 'delta' && isGap(inbox, message)) gaps++
      return receive(inbox, message, world.now())
    },
    subscriptions: () => subscribeAll(inbox, world.now()),
    onState: () => undefined,
    reload: () => undefined,
  })
  const cancelStart = world.after(startsInMs, link.start)
  let cancelCheck = world.after(CHECK_EVERY_MS, function check() {
    link.send(overdue(inbox, world.now()))
    cancelCheck = world.after(CHECK_EVERY_MS, check)
  })
  return {
    inbox,
    get gaps() {
      return gaps
    },
    stop() {
      cancelStart()
      cancelCheck()
      link.stop()
    },
  }
}

/** A link that keeps the order, and tells the hub what it drops, leaves no gap (PROTOCOL.md, F3). */
function isGap(inbox: Inbox, { s, from }: Delta): boolean {
  const box = inbox.boxes.get(s)
  return box !== undefined && box.askedAt === null && from > box.state.position
}
