import { once } from 'node:events'
import WebSocket from 'ws'
import { createPaints } from '../../dashboard/src/live/paints.ts'
import type { ClientMessage, HubMessage } from '../../hub/contract/live/messages.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'

const STATE = { scene: 'Nation', build: 'b1', fps: 60, ms: 20, w: 1920, h: 1080 }

/** A wall without a browser: it paints what comes, and says so at the pace of a page, by the page's own code. */
export type PaintingWall = {
  /** by its own account, not by what it has said; 0: nothing yet */
  position(): number
  /** its socket lives, and nothing is painted any more */
  freeze(): void
  /** it goes on painting, and says nothing of it */
  silence(isSilent: boolean): void
  close(): void
}

export async function openPaintingWall(url: string, scope: Scope, cookie = ''): Promise<PaintingWall> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/live?v=${PROTOCOL_VERSION}`, { headers: { cookie } })
  let position = 0
  let isFrozen = false
  let isSilent = false
  const send = (messages: readonly ClientMessage[]) => {
    if (isSilent) return
    for (const message of messages) socket.send(JSON.stringify(message))
  }
  const paints = createPaints({
    world: {
      now: () => performance.now(),
      random: Math.random,
      after: (ms, task) => {
        const timer = setTimeout(task, ms)
        return () => clearTimeout(timer)
      },
    },
    send,
    state: () => (isFrozen ? null : STATE),
  })
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as HubMessage
    if (message.t === 'hello') paints.greeted(message.e, message.paintMs)
    if (message.t === 'tell') paints.asked()
    if (message.t !== 'delta' || isFrozen) return
    position = message.to
    paints.painted([{ scope: message.s, position, ms: Math.max(0, Date.now() - message.at) }])
  })
  socket.on('close', () => paints.stop())
  await once(socket, 'open')
  socket.send(JSON.stringify({ t: 'sub', s: scope, at: 0 } satisfies ClientMessage))
  return {
    position: () => position,
    freeze: () => {
      isFrozen = true
    },
    silence: (silent) => {
      isSilent = silent
    },
    close: () => socket.close(),
  }
}
