import { useLocation, useNavigate } from '@solidjs/router'
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, onMount } from 'solid-js'
import type { LiveStore } from '../../live/store.ts'
import { refreshSession, sessionState } from '../../session/account.ts'
import { duty } from '../../session/screen.ts'

/** A screen asks so often who it is, so that administrators see that it is on. What they change it hears at once. */
const ASK_EVERY_MS = 30_000

/**
 * Leads a page that shows a wall where an administrator has sent its screen. A person's browser asks once who it is.
 * @returns the area of the screen; `undefined` for whoever else looks
 */
export function useDuty(): Accessor<string | undefined> {
  const navigate = useNavigate()
  const location = useLocation()
  const [wasScreen, setWasScreen] = createSignal(false)
  onMount(() => {
    void refreshSession()
    const timer = setInterval(() => {
      if (sessionState().kind === 'failed') void refreshSession()
    }, ASK_EVERY_MS)
    onCleanup(() => clearInterval(timer))
  })
  createEffect(() => {
    const state = sessionState()
    const next = duty(state, location.pathname, wasScreen())
    if (state.kind === 'in' && state.session.role === 'screen') setWasScreen(true)
    if (next !== null) navigate(`${next}${location.search}`, { replace: true })
  })
  return createMemo(() => {
    const state = sessionState()
    return state.kind === 'in' && state.session.role === 'screen' ? state.session.areas[0] : undefined
  })
}

/** What a screen asks for again and again, while its link stands: who it is, and what `also` reads. */
export function useAsking(live: LiveStore, also: () => void): void {
  const isRevoked = createMemo(() => {
    const { connection } = live.status()
    return connection.kind === 'stopped' && connection.reason === 'revoked'
  })
  const isOpen = createMemo(() => live.status().connection.kind === 'open')
  const ask = () => {
    void refreshSession()
    also()
  }
  onMount(() => {
    also()
    // A screen without a link is silent: nobody shall believe that it shows live numbers.
    const timer = setInterval(() => {
      if (isOpen() || isRevoked()) ask()
    }, ASK_EVERY_MS)
    onCleanup(() => clearInterval(timer))
  })
  createEffect(() => {
    if (isRevoked()) void refreshSession()
  })
  // Whoever was sent away and is back (4002) may have to show something else.
  createEffect(on(isOpen, (open) => open && ask(), { defer: true }))
}
