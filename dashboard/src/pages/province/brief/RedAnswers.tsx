import { createMemo, For, type JSX, Match, Show, Switch } from 'solid-js'
import { alertScopes, isAnnounced, isUnanswered } from '../../../alerts/alerts.ts'
import type { BoardCase } from '../../../cases/board.ts'
import { useSpan } from '../../../cases/speech.ts'
import { useLanguage, useWords } from '../../../i18n/language.tsx'
import { useSubject } from '../../../panels/subject.tsx'
import { sessionState } from '../../../session/account.ts'
import { Line, Question } from './Question.tsx'
import { redsByDistrict, whoIsOnIt } from './reds.ts'
import { briefWords } from './words.ts'

const DISTRICTS_SHOWN = 3
const HOLDERS_SHOWN = 3

type RedsProps = {
  province: string
  /** open cases of severity red; `undefined` until the board is known */
  reds: readonly BoardCase[] | undefined
  districtName(code: string): string
  /** ms since 1970, the hub's clock */
  now: number
}

/** The address of the board with some of its red cases. */
const boardOf = (province: string, more: Readonly<Record<string, string>>) =>
  `/board?${new URLSearchParams({ province, severity: 'red', sort: 'waiting', ...more })}`

/** Where reds wait longest: districts by their longest wait. */
export function RedsAnswer(props: RedsProps): JSX.Element {
  const t = useWords(briefWords)
  const { format } = useLanguage()
  const span = useSpan()
  const districts = createMemo(() => props.reds && redsByDistrict(props.reds))
  return (
    <Question of="reds" tone={districts()?.length ? 'alarm' : 'normal'}>
      <Switch fallback={<p>{t('reading')}</p>}>
        <Match when={districts()?.length === 0}>
          <p>{t('reds.none')}</p>
        </Match>
        <Match when={districts()}>
          {(found) => (
            <For each={found().slice(0, DISTRICTS_SHOWN)}>
              {({ district, count, since }) => (
                <Line href={boardOf(props.province, { area: district })}>
                  <span>{props.districtName(district)}</span> <b class="tone-alarm">{span(props.now - since)}</b>{' '}
                  <small>{t('reds.count', format().number(count), count === 1)}</small>
                </Line>
              )}
            </For>
          )}
        </Match>
      </Switch>
    </Question>
  )
}

/** Whether somebody has each of the reds, and of those whom nobody has the longest wait. */
export function OnItAnswer(props: RedsProps): JSX.Element {
  const t = useWords(briefWords)
  const { format } = useLanguage()
  const span = useSpan()
  const onIt = createMemo(() => props.reds && whoIsOnIt(props.reds))
  const count = () => format().number(props.reds?.length ?? 0)
  return (
    <Question of="onIt" tone={onIt()?.nobody.length ? 'alarm' : 'normal'}>
      <Switch fallback={<p>{t('reading')}</p>}>
        <Match when={props.reds?.length === 0}>
          <p>{t('onIt.none')}</p>
        </Match>
        <Match when={onIt()}>
          {(found) => (
            <>
              <Show
                when={found().nobody[0]}
                fallback={<Line href={boardOf(props.province, {})}>{t('onIt.all', count())}</Line>}
              >
                {(oldest) => (
                  <Line href={boardOf(props.province, { show: 'open' })}>
                    <b class="tone-alarm">{t('onIt.nobody', format().number(found().nobody.length), count())}</b>{' '}
                    <small>
                      {t(
                        'onIt.oldest',
                        String(oldest().id),
                        props.districtName(oldest().district),
                        span(props.now - oldest().waitingSince),
                      )}
                    </small>
                  </Line>
                )}
              </Show>
              <Show when={found().holders.length > 0}>
                <small>{t('onIt.holders', found().holders.slice(0, HOLDERS_SHOWN).join(', '))}</small>
              </Show>
            </>
          )}
        </Match>
      </Switch>
      <AlertsTaken province={props.province} />
    </Question>
  )
}

/** How many of the alerts that people were called to somebody has, and who. */
function AlertsTaken(props: { province: string }): JSX.Element {
  const t = useWords(briefWords)
  const { format } = useLanguage()
  const { live } = useSubject()
  const scope = () => alertScopes(sessionState(), props.province)[0]
  const told = createMemo(() => {
    const from = scope()
    return from === undefined ? [] : live.rows(from, 'alert').filter((one) => isAnnounced(from, one))
  })
  const taken = () => told().filter((one) => !isUnanswered(one))
  const holders = () => [...new Set(taken().flatMap(({ holder }) => holder ?? []))].slice(0, HOLDERS_SHOWN).join(', ')
  return (
    <Show when={told().length > 0}>
      <Line href={`/alerts?area=${props.province}`}>
        <small>
          {t('onIt.alerts', format().number(taken().length), format().number(told().length))}
          <Show when={holders()}>{(names) => <>: {names()}</>}</Show>
        </small>
      </Line>
    </Show>
  )
}
