import { useLocation, useNavigate } from '@solidjs/router'
import { createEffect, createMemo, on, onCleanup, onMount } from 'solid-js'
import type { LiveStore } from '../../live/store.ts'
import { refreshSession, sessionState } from '../../session/account.ts'
import { duty } from '../../session/screen.ts'

/** A screen asks so often who it is, so that administrators see that it is on. What they change it hears at once. */
const ASK_EVERY_MS = 30_000

/** Follows what an administrator decides about the screen that shows this wall. A person's browser asks once. */
export function useDuty(live: LiveStore): void {
  const navigate = useNavigate()
  const location = useLocation()
  let wasScreen = false
  const isRevoked = createMemo(() => {
    const { connection } = live.status()
    return connection.kind === 'stopped' && connection.reason === 'revoked'
  })

  // A screen without a link is silent: nobody shall believe that it shows live numbers.
  const mayAsk = () => live.status().connection.kind === 'open' || isRevoked()
  onMount(() => {
    void refreshSession()
    const timer = setInterval(() => {
      if ((wasScreen || sessionState().kind === 'failed') && mayAsk()) void refreshSession()
    }, ASK_EVERY_MS)
    onCleanup(() => clearInterval(timer))
  })
  createEffect(() => {
    if (isRevoked()) void refreshSession()
  })
  // Whoever was sent away and is back (4002) may have to show another area.
  const isOpen = createMemo(() => live.status().connection.kind === 'open')
  createEffect(
    on(
      isOpen,
      (open) => {
        if (open && wasScreen) void refreshSession()
      },
      { defer: true },
    ),
  )
  createEffect(() => {
    const state = sessionState()
    const next = duty(state, location.pathname, wasScreen)
    wasScreen ||= state.kind === 'in' && state.session.role === 'screen'
    if (next !== null) navigate(`${next}${location.search}`, { replace: true })
  })
}
