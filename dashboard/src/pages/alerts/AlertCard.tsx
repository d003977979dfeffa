import { A } from '@solidjs/router'
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { hasPeople, type Owners } from '../../../../hub/contract/alerts/own.ts'
import { askedBy } from '../../../../hub/contract/alerts/rules.ts'
import { isIndicator } from '../../../../hub/contract/indicators/index.ts'
import { mayAnswer } from '../../../../hub/contract/vocabulary/alerts.ts'
import { NATION, provinceOf } from '../../../../hub/contract/vocabulary/areas.ts'
import { AlertMark } from '../../alerts/AlertMark.tsx'
import { type AlertRow, isUnanswered } from '../../alerts/alerts.ts'
import { alertWords } from '../../alerts/alertWords.ts'
import { useAlertName, useAlertNumber } from '../../alerts/useAlertText.ts'
import { useSpan } from '../../cases/speech.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { roleNames } from '../../i18n/roles.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { covers } from '../../pageKit/session.ts'
import { indicatorListed, LIST_ACTIONS, listHref, listKind } from '../../panels/lists.ts'
import { RECEIPT_MS, ReceiptLine } from '../../panels/ReceiptLine.tsx'
import { useSubject } from '../../panels/subject.tsx'
import type { SignedIn } from '../../session/account.ts'
import { Button } from '../../ui/Button.tsx'
import { AlertHistory } from './AlertHistory.tsx'
import { AnswerDialog } from './AnswerDialog.tsx'
import { createAnswer } from './createAnswer.ts'
import { alertsWords } from './words.ts'

/** Whether an alert is this account's to answer: the owner's, or of who stands above, in the area. */
export function isToAnswer({ role, may, areas }: SignedIn, { owner, area }: Pick<AlertRow, 'owner' | 'area'>): boolean {
  return may.includes('alert.ack') && mayAnswer(role ?? '', owner) && covers(areas, area)
}

/** `owners`: who would answer in the area; `undefined` while that is not known. */
type CardProps = { one: AlertRow; session: SignedIn; now: number; owners: Owners | undefined }

/** An alert: what and where, since when, who has it, and what one tap can do about it. */
export function AlertCard(props: CardProps): JSX.Element {
  const t = useWords(alertsWords)
  const words = useWords(alertWords)
  const { language, format } = useLanguage()
  const span = useSpan()
  const number = useAlertNumber()
  const name = useAlertName()
  const [isOpen, open] = createSignal<'answer' | 'takeOver' | 'history'>()
  const { busy, problem, answer, answers } = createAnswer(
    () => Number(props.one.id),
    () => name(props.one),
  )
  const role = (of: keyof typeof roleNames.en) => roleNames[language() === 'th' ? 'th' : 'en'][of]
  const facility = () => (language() === 'th' ? props.one.facilityTh : props.one.facilityEn)
  const time = (at: number) => format().moment(at, props.now)
  const may = () => isToAnswer(props.session, props.one)
  const mine = () => props.one.holderKey === props.session.account.key
  const isOver = () => props.one.state === 'cleared_unacknowledged'
  /** what the screens are asked for: an alert that rings, and one's own answer, for some seconds */
  const isNew = (at: number | null) => at !== null && props.now - at < RECEIPT_MS
  const news = () => {
    if (mine() && isNew(props.one.heldAt)) return props.one.state
    return props.one.announced && isNew(props.one.raisedAt) ? 'raised' : undefined
  }
  const scope = () => (props.one.area === NATION ? 'alerts' : (`alerts:${provinceOf(props.one.area)}` as const))
  const label = (text: string) => `${text}: ${name(props.one)}, ${props.one.area}`
  return (
    <article
      class="alert-card"
      data-alert={props.one.id}
      data-state={props.one.state}
      data-severity={props.one.severity}
    >
      <header>
        <AlertMark severity={props.one.severity} />
        <h3>
          <AreaName code={props.one.area} />
          <Show when={facility()}> · {facility()}</Show>
        </h3>
        <Show when={props.one.value !== null}>
          <b>
            {t(
              'value',
              number(props.one.indicator, props.one.value ?? 0),
              number(props.one.indicator, props.one.bound),
            )}
          </b>
        </Show>
      </header>
      <p class="alert-state">
        <Switch fallback={words(`state.${props.one.state}`)}>
          <Match when={props.one.state === 'shelved' || props.one.state === 'acknowledged'}>
            {mine()
              ? t('mine', time(props.one.heldAt ?? 0))
              : t('has', props.one.holder ?? '', time(props.one.heldAt ?? 0))}
            <Show when={props.one.shelvedUntil}>{(until) => ` · ${t('shelvedUntil', time(until()))}`}</Show>
          </Match>
        </Switch>
        {' · '}
        {t('since', span(props.now - props.one.raisedAt))}
      </p>
      <p class="alert-owner">
        {t('owner', role(props.one.owner))}
        <Show
          when={isUnanswered(props.one) && props.owners && !hasPeople(props.owners, props.one.owner, props.one.area)}
        >
          <span class="tone-alarm"> · {t('nobody')}</span>
        </Show>
        <Show when={props.one.escalatedAt !== null && props.one.escalateTo}>
          {(to) => ` · ${t('escalated', role(to()))}`}
        </Show>
        <Show when={isUnanswered(props.one) && props.one.dueAt}>
          {(due) => (
            <span classList={{ 'tone-alarm': due() < props.now }}>
              {' · '}
              {due() < props.now ? t('late', span(props.now - due())) : t('due', span(due() - props.now))}
            </span>
          )}
        </Show>
        <Show when={isOver() && props.one.clearedAt}>{(at) => ` · ${t('over', time(at()))}`}</Show>
      </p>
      <div class="alert-acts">
        <Show when={may() && (isUnanswered(props.one) || isOver())}>
          <Button
            kind="primary"
            busy={busy() === 'acknowledge'}
            aria-label={label(t(isOver() ? 'seen' : 'take'))}
            data-move="acknowledge"
            onClick={() => void answer('acknowledge')}
          >
            {t(isOver() ? 'seen' : 'take')}
          </Button>
        </Show>
        <Show when={may() && !isOver() && props.one.state !== 'shelved' && (isUnanswered(props.one) || mine())}>
          <Button aria-haspopup="dialog" aria-label={label(t('more'))} onClick={() => open('answer')}>
            {t('more')}
          </Button>
        </Show>
        <Show when={may() && props.one.holder !== null && !mine() && !isOver()}>
          <Button aria-haspopup="dialog" aria-label={label(t('takeOver'))} onClick={() => open('takeOver')}>
            {t('takeOver')}
          </Button>
        </Show>
        <Show when={may() && props.one.state === 'shelved'}>
          <Button
            busy={busy() === 'unshelve'}
            aria-label={label(t('unshelve'))}
            data-move="unshelve"
            onClick={() => void answer('unshelve')}
          >
            {t('unshelve')}
          </Button>
        </Show>
        <AlertLinks one={props.one} session={props.session} label={label} />
        <Button
          aria-expanded={isOpen() === 'history'}
          aria-label={label(t('history'))}
          onClick={() => open(isOpen() === 'history' ? undefined : 'history')}
        >
          {t('history')}
        </Button>
      </div>
      <ProblemNote text={problem()} />
      <Show when={isOpen() === 'history' ? 'history' : news()} keyed>
        <ReceiptLine scope={scope()} row={`alert/${props.one.id}`} />
      </Show>
      <Show when={isOpen() === 'history'}>
        <AlertHistory
          id={Number(props.one.id)}
          changed={`${props.one.state} ${props.one.heldAt} ${answers()}`}
          now={props.now}
        />
      </Show>
      <Show when={isOpen() === 'answer' || isOpen() === 'takeOver'}>
        <AnswerDialog
          name={name(props.one)}
          from={isOpen() === 'takeOver' ? (props.one.holder ?? undefined) : undefined}
          takes={isUnanswered(props.one)}
          busy={busy()}
          problem={problem()}
          answer={answer}
          close={() => open()}
        />
      </Show>
    </article>
  )
}

/** The list of what it is about, and the map of where. */
function AlertLinks(props: { one: AlertRow; session: SignedIn; label(text: string): string }): JSX.Element {
  const t = useWords(alertsWords)
  const { today } = useSubject()
  const list = () => {
    const { indicator, area } = props.one
    const { may, areas } = props.session
    if (!covers(areas, area)) return undefined
    if (!isIndicator(indicator)) return may.includes('report.read') ? `/late?area=${area}` : undefined
    const listed = indicatorListed(indicator, askedBy(props.one), today() ?? '')
    return listed && may.includes(LIST_ACTIONS[listKind(listed.metric)]) ? listHref({ ...listed, area }) : undefined
  }
  const map = () => (props.one.area === NATION ? '/wall' : `/province/${props.one.area.slice(0, 2)}`)
  return (
    <>
      <Show when={list()}>
        {(href) => (
          <A class="button button-plain" href={href()} aria-label={props.label(t('list'))}>
            {t('list')}
          </A>
        )}
      </Show>
      <A class="button button-plain" href={map()} aria-label={props.label(t('map'))}>
        {t('map')}
      </A>
    </>
  )
}
