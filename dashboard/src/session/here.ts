import { ask } from '../api/http.ts'
import { noticeExpiry, sessionState } from './account.ts'

/** Of what somebody does at the page, the hub is told this often: sessions that nobody uses end. */
const TELL_MS = 60_000
const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const

/** Tells the hub that somebody is at the page, as long as they are. @returns ends it */
export function tellHere(now: () => number): () => void {
  let told = now()
  const tell = () => {
    const state = sessionState()
    if (state.kind !== 'in' || state.session.role === 'screen' || now() < told + TELL_MS) return
    told = now()
    // Without a network there is nothing to tell, and the next thing that somebody does tells it again.
    ask('POST /api/session/here').catch(noticeExpiry)
  }
  for (const sign of SIGNS) window.addEventListener(sign, tell, { passive: true, capture: true })
  return () => {
    for (const sign of SIGNS) window.removeEventListener(sign, tell, { capture: true })
  }
}
