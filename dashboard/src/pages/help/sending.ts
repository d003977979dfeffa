import type { HelpAnswer, HelpBody } from '../../api/help.ts'
import { ApiError } from '../../api/http.ts'
import { retryDelay } from '../../offline/retry.ts'
import { type Problem, problemsFromHub } from './model.ts'

/**
 * Where a request is on its way. From the first try until the hub has answered, body and key stay as they are: nobody
 * knows whether it arrived, and only the same key with the same body makes sure that it is one request.
 */
export type Sending =
  | {
      readonly kind: 'editing'
      readonly key: string
      readonly problems: readonly Problem[]
      readonly said: string | null
    }
  | { readonly kind: 'sending'; readonly key: string; readonly body: HelpBody; readonly tries: number }
  | {
      readonly kind: 'waiting'
      readonly key: string
      readonly body: HelpBody
      readonly tries: number
      /** ms since 1970 */
      readonly notBefore: number
      readonly why: 'unreachable' | 'busy'
    }
  | { readonly kind: 'done'; readonly answer: HelpAnswer }

export function editing(key: string): Sending {
  return { kind: 'editing', key, problems: [], said: null }
}

export function submit(state: Sending, body: HelpBody): Sending {
  return state.kind === 'editing' ? { kind: 'sending', key: state.key, body, tries: 0 } : state
}

export function tryAgain(state: Sending): Sending {
  if (state.kind !== 'waiting') return state
  const { key, body, tries } = state
  return { kind: 'sending', key, body, tries }
}

export function answered(state: Sending, answer: HelpAnswer): Sending {
  return state.kind === 'sending' ? { kind: 'done', answer } : state
}

/** After "you have asked already": for somebody else, from the same form with a new key. */
export function askAgain(state: Sending, freshKey: string): Sending {
  return state.kind === 'done' ? editing(freshKey) : state
}

export type Circumstances = { readonly now: number; readonly random: number; readonly freshKey: string }

/**
 * What a failed try means. No answer, or a hub that is busy: wait, and send the same again. Refused: back to the form
 * with what is wrong, and a new key, for what is sent next is another request.
 */
export function failed(state: Sending, error: unknown, { now, random, freshKey }: Circumstances): Sending {
  if (state.kind !== 'sending') return state
  const { key, body, tries } = state
  const wait = (why: 'unreachable' | 'busy', floorMs: number): Sending => ({
    kind: 'waiting',
    key,
    body,
    tries: tries + 1,
    notBefore: now + Math.max(floorMs, retryDelay(tries, random)),
    why,
  })
  if (!(error instanceof ApiError) || error.status === 0) return wait('unreachable', 0)
  if (error.status === 429) return wait('busy', secondsOf(error.details) * 1000)
  if (error.status >= 500 || error.status === 408 || error.code === 'bad_answer') return wait('busy', 0)
  return { kind: 'editing', key: freshKey, problems: problemsFromHub(error.details), said: error.message }
}

function secondsOf(details: unknown): number {
  const seconds = typeof details === 'object' && details !== null && 'seconds' in details ? Number(details.seconds) : 0
  return Number.isFinite(seconds) ? seconds : 0
}
