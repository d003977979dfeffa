import { A } from '@solidjs/router'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { type Answer, ask } from '../../api/http.ts'
import type { BoardNeed } from '../../cases/board.ts'
import { countdown, useErrorText } from '../../cases/speech.ts'
import { workWords } from '../../cases/words.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { caseWords } from '../../i18n/caseWords.ts'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/State.tsx'
import { endWords } from '../case/endWords.ts'
import './MyDay.css'
import { myDayWords } from './myDayWords.ts'

type MyWork = Answer<'GET /api/my-work'>
type Held = MyWork['held'][number]
type Ended = MyWork['ended'][number]

/**
 * What I hold, in every province, and what I have ended since midnight.
 * @param props.held of this board: a change of it is the word that the rest has changed
 */
export function MyDay(props: { held: readonly BoardNeed[]; now: number }): JSX.Element {
  const t = useWords(myDayWords)
  const errorText = useErrorText()
  const { format } = useLanguage()
  const source = () =>
    [bangkokDay(props.now), ...props.held.map(({ id, status, leaseUntil }) => `${id}:${status}:${leaseUntil}`)].join(
      ' ',
    )
  const [loaded, again] = createLoaded(source, () => ask('GET /api/my-work'))
  const known = createMemo<MyWork | undefined>((before) => {
    const now = loaded()
    return now.kind === 'there' ? now.value : before
  })
  const problem = () => {
    const now = loaded()
    return now.kind === 'failed' ? errorText(now.error) : undefined
  }
  return (
    <section class="my-day" aria-label={t('title')} aria-busy={loaded().kind === 'loading'}>
      <Show when={problem()}>{(text) => <ErrorState text={text()} retry={again} />}</Show>
      <Show when={known()} fallback={problem() === undefined && <Skeleton height="12rem" />}>
        {(work) => (
          <>
            <h2>{t('held', format().number(work().held.length))}</h2>
            <ul>
              <For each={work().held} fallback={<li class="my-day-none">{t('noneHeld')}</li>}>
                {(need) => <HeldLine need={need} now={props.now} />}
              </For>
            </ul>
            <h2>{t('ended', format().number(work().total))}</h2>
            <Show when={work().total > 0} fallback={<EmptyState title={t('noneEnded')} text={t('noneEndedText')} />}>
              <ul>
                <For each={work().ended}>{(one) => <EndedLine one={one} />}</For>
              </ul>
              <Show when={work().total > work().ended.length}>
                <p>{t('newest', format().number(work().ended.length))}</p>
              </Show>
            </Show>
          </>
        )}
      </Show>
    </section>
  )
}

function HeldLine(props: { need: Held; now: number }): JSX.Element {
  const t = useWords(workWords)
  const names = useWords(caseWords)
  const { format } = useLanguage()
  const left = () => (props.need.leaseUntil ?? 0) - props.now
  return (
    <li data-held={props.need.id}>
      <A href={`/case/${props.need.caseId}`}>
        <time>{props.need.claimedAt === null ? '–' : format().moment(props.need.claimedAt, props.now)}</time>
        <b>{names(`need.${props.need.kind}`)}</b>
        <span>{left() > 0 ? t('left', countdown(left())) : t('ended')}</span>
        <span class="my-day-case">{t('caseNo', String(props.need.caseId))}</span>
      </A>
    </li>
  )
}

function EndedLine(props: { one: Ended }): JSX.Element {
  const t = useWords(myDayWords)
  const work = useWords(workWords)
  const names = useWords(caseWords)
  const ends = useWords(endWords)
  const { format } = useLanguage()
  const what = () => (props.one.what === 'need' ? names(`need.${props.one.kind}`) : t('case'))
  const outcome = () => {
    const { one } = props
    if (one.what === 'case') return ends(`closeReason.${one.reason}`)
    if (one.how !== 'closed') return t(`how.${one.how}`)
    return one.reason === null || one.reason === 'case_closed' ? t('how.closed') : ends(`closeReason.${one.reason}`)
  }
  return (
    <li data-ended={props.one.event}>
      <A href={`/case/${props.one.caseId}`}>
        <time>{format().time(props.one.at)}</time>
        <b>{what()}</b>
        <span>{outcome()}</span>
        <span class="my-day-case">{work('caseNo', String(props.one.caseId))}</span>
      </A>
    </li>
  )
}
