import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import type { Language } from '../../../../hub/contract/vocabulary/languages.ts'
import { fetchStatus, type HelpStatus } from '../../api/help.ts'
import { chance, deviceNow } from '../../clock.ts'
import { hasEnded, judgeLook, type Look, nextLook } from './follow.ts'

const ANSWER_MS_MAX = 15_000

export type Follow = {
  /** the newest answer, `undefined` before the first */
  readonly status: Accessor<HelpStatus | undefined>
  readonly look: Accessor<Look | undefined>
  /** ms since 1970 of the newest answer */
  readonly seenAt: Accessor<number>
  /** what a command has answered */
  set(status: HelpStatus): void
  lookNow(): void
}

/** Follows a request, '' is none: looks again by itself, less often while nothing happens, and not at all in a hidden page. */
export function createFollow(code: Accessor<string>, language: Accessor<Language>): Follow {
  const [status, setStatus] = createSignal<HelpStatus>()
  const [look, setLook] = createSignal<Look>()
  const [seenAt, setSeenAt] = createSignal(0)
  let quiet = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: AbortController | undefined

  const set = (next: HelpStatus) => {
    quiet = next.changedAt === status()?.changedAt && next.state === status()?.state ? quiet + 1 : 0
    setStatus(next)
    setSeenAt(deviceNow())
    setLook({ kind: 'there' })
  }
  const lookNow = async () => {
    clearTimeout(timer)
    asking?.abort()
    if (code() === '') return setLook({ kind: 'unknown' })
    const mine = new AbortController()
    asking = mine
    try {
      const signal = AbortSignal.any([mine.signal, AbortSignal.timeout(ANSWER_MS_MAX)])
      set(await fetchStatus(code(), language(), signal))
    } catch (error) {
      if (mine.signal.aborted) return
      quiet++
      setLook(judgeLook(error))
    }
    if (mine.signal.aborted) return
    const known = status()
    const ended = known !== undefined && hasEnded(known)
    const delay = nextLook(look() ?? { kind: 'lost' }, quiet, chance(), ended)
    if (delay !== undefined && document.visibilityState === 'visible') timer = setTimeout(lookNow, delay)
  }
  const onVisible = () => {
    if (document.visibilityState === 'visible') void lookNow()
    else clearTimeout(timer)
  }

  createEffect(
    on(code, () => {
      setStatus(undefined)
      setLook(undefined)
      quiet = 0
      void lookNow()
    }),
  )
  document.addEventListener('visibilitychange', onVisible)
  window.addEventListener('online', onVisible)
  onCleanup(() => {
    clearTimeout(timer)
    asking?.abort()
    document.removeEventListener('visibilitychange', onVisible)
    window.removeEventListener('online', onVisible)
  })
  return { status, look, seenAt, set, lookNow: () => void lookNow() }
}
