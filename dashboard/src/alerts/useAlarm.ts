import { createEffect, createMemo, on } from 'solid-js'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import type { LiveStore } from '../live/store.ts'
import { ring } from '../ui/chime.ts'
import { alarmFrom } from './alarm.ts'
import { ringsOf } from './alerts.ts'

/** Sounds for what is new since the scope was loaded, as this screen is set. */
export function useAlarm(live: LiveStore, scope: Scope): void {
  const rings = createMemo(() => {
    const from = alarmFrom()
    return from === null || !live.scope(scope).loaded ? undefined : ringsOf(scope, live.rows(scope, 'alert'), from)
  })
  createEffect(
    on(rings, (now, before) => {
      if (now && before && [...now].some((key) => !before.has(key))) ring()
    }),
  )
}
