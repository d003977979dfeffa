import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import { type Answer, ApiError, ask } from '../api/http.ts'
import { screenNow } from '../clock.ts'
import { ProblemNote } from '../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { hubNow } from '../live/hubClock.ts'
import './ReceiptLine.css'
import { receiptWords } from './receiptWords.ts'

/** What was committed so long ago is asked about no more; by then it is painted, or the screens that lack it are named. */
export const RECEIPT_MS = 15_000
const ASK_EVERY_MS = 1_000

type Receipt = Answer<'GET /api/receipts'>

/** The commit is not folded yet, or the row has gone again. */
const isEarly = (error: unknown) => error instanceof ApiError && (error.code === 'not_in_scope' || error.status === 503)

/** On how many screens a row of a scope is painted: asked for until it is on all, for some seconds. */
export function ReceiptLine(props: { scope: Scope; row: string }): JSX.Element {
  const t = useWords(receiptWords)
  const { format } = useLanguage()
  const [receipt, setReceipt] = createSignal<Receipt>()
  const [problem, setProblem] = createSignal<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  onMount(() => {
    const until = screenNow() + RECEIPT_MS
    const again = () => {
      if (screenNow() < until) timer = setTimeout(look, ASK_EVERY_MS)
    }
    const look = () => {
      ask('GET /api/receipts', { query: { scope: props.scope, row: props.row } }).then(
        (answer) => {
          setReceipt(answer)
          if (answer.missing.length > 0 || answer.silent.length > 0 || answer.others.painted < answer.others.of) again()
        },
        (error: unknown) => {
          if (isEarly(error)) again()
          else setProblem(error instanceof Error ? error.message : String(error))
        },
      )
    }
    look()
  })
  onCleanup(() => clearTimeout(timer))

  const number = (value: number) => format().number(value)
  const text = ({ screens, others }: Receipt) => {
    if (screens.of === 0 && others.of === 0) return t('none')
    const lastMs = Math.max(screens.lastMs ?? -1, others.lastMs ?? -1)
    return [
      t('on', number(screens.painted), number(screens.of)),
      ...(others.of === 0 ? [] : [t('others', number(others.painted), number(others.of))]),
      ...(lastMs < 0 ? [] : [t('last', number(lastMs))]),
    ].join(', ')
  }
  const named = ({ name, since, isDark }: Receipt['missing'][number]) => {
    const screen = name ?? t('screen')
    if (since === null) return isDark ? t('never', screen) : t('behind', screen)
    return t(isDark ? 'dark' : 'still', screen, format().moment(since, hubNow()))
  }
  return (
    <>
      <ProblemNote text={problem()} />
      {/* Room for what is still asked: nothing below it moves when the answer comes. */}
      <Show when={receipt()} fallback={<p class="desk-muted receipt-line">{t('asking')}</p>}>
        {(of) => (
          <p class="desk-muted receipt-line" data-receipt={`${of().screens.painted}/${of().screens.of}`}>
            {text(of())}
            <Show when={of().missing.length > 0}>{` · ${t('missing', of().missing.map(named).join('; '))}`}</Show>
            <Show when={of().silent.length > 0}>
              {` · ${t(
                'silent',
                of()
                  .silent.map((hub) => hub ?? t('hub'))
                  .join(', '),
              )}`}
            </Show>
          </p>
        )}
      </Show>
    </>
  )
}
