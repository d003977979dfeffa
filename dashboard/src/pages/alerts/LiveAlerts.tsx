import { useSearchParams } from '@solidjs/router'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { type AlertGroup, groupsOf } from '../../../../hub/contract/alerts/order.ts'
import type { Owners } from '../../../../hub/contract/alerts/own.ts'
import { ALERT_SEVERITIES } from '../../../../hub/contract/vocabulary/alerts.ts'
import { NATION } from '../../../../hub/contract/vocabulary/areas.ts'
import { alarmFrom, setAlarm } from '../../alerts/alarm.ts'
import { type AlertRow, atLeast, isAnnounced, isUnanswered } from '../../alerts/alerts.ts'
import { alertWords } from '../../alerts/alertWords.ts'
import { useAlarm } from '../../alerts/useAlarm.ts'
import { useAlertName } from '../../alerts/useAlertText.ts'
import { ask } from '../../api/http.ts'
import { UndoBar } from '../../cases/UndoBar.tsx'
import { createLoaded } from '../../forms/createLoaded.ts'
import { SelectField } from '../../forms/SelectField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { useSubject } from '../../panels/subject.tsx'
import type { SignedIn } from '../../session/account.ts'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { AlertCard, isToAnswer } from './AlertCard.tsx'
import { alertsWords } from './words.ts'

const SHOWS = ['all', 'unanswered', 'mine'] as const
const WORST_FIRST = ALERT_SEVERITIES.toReversed()

type LiveProps = { area: string; session: SignedIn; now: number }

/** What rings now: by rule and province, the worst first; what a flood holds back stands apart. */
export function LiveAlerts(props: LiveProps): JSX.Element {
  const t = useWords(alertsWords)
  const { format } = useLanguage()
  const { live } = useSubject()
  const scope = props.area === NATION ? 'alerts' : (`alerts:${props.area}` as const)
  useAlarm(live, scope)
  const [search, setSearch] = useSearchParams<{ show?: string; severity?: string }>()
  const show = () => SHOWS.find((each) => each === search.show) ?? 'all'
  const least = () => ALERT_SEVERITIES.find((each) => each === search.severity)
  const set = (next: { show?: string | undefined; severity?: string | undefined }) =>
    setSearch(next, { replace: true, scroll: false })
  const all = createMemo(() => live.rows(scope, 'alert'))
  const isShown = (one: AlertRow) => {
    const from = least()
    if (from !== undefined && !atLeast(from, one.severity)) return false
    if (show() === 'mine') return isUnanswered(one) && isToAnswer(props.session, one)
    return show() === 'all' || isUnanswered(one)
  }
  const shown = createMemo(() => all().filter(isShown))
  const told = createMemo(() => groupsOf(shown().filter((one) => isAnnounced(scope, one))))
  const held = createMemo(() => groupsOf(shown().filter((one) => !isAnnounced(scope, one))))
  const heldCount = () => held().reduce((sum, { alerts }) => sum + alerts.length, 0)
  const since = () => Math.min(...live.rows(scope, 'flood').map((flood) => flood.since))
  const [asked] = createLoaded(
    () => props.area,
    (area) => ask('GET /api/alert-owners', { query: { area } }),
  )
  const owners = () => {
    const answer = asked()
    return answer.kind === 'there' ? answer.value.owners : undefined
  }
  const groupProps = () => ({ session: props.session, now: props.now, owners: owners() })
  return (
    <Show when={live.scope(scope).loaded} fallback={<Skeleton height="20rem" />}>
      <UndoBar />
      <Filters
        show={show()}
        severity={least()}
        set={set}
        count={t('count', format().number(shown().length), format().number(all().length))}
      />
      <Show when={all().length > 0} fallback={<EmptyState title={t('none')} text={t('noneText')} />}>
        <Show
          when={shown().length > 0}
          fallback={
            <EmptyState
              title={t('nothing')}
              action={<Button onClick={() => set({ show: undefined, severity: undefined })}>{t('clear')}</Button>}
            />
          }
        >
          <Groups of={told()} {...groupProps()} />
          <Show when={heldCount() > 0}>
            <details class="alerts-held">
              <summary>{t('heldBack', format().number(heldCount()), heldCount() === 1)}</summary>
              <Show when={Number.isFinite(since())}>
                <p>{t('heldText', format().moment(since(), props.now))}</p>
              </Show>
              <Groups of={held()} {...groupProps()} />
            </details>
          </Show>
        </Show>
      </Show>
    </Show>
  )
}

type GroupsProps = { of: readonly AlertGroup<AlertRow>[]; session: SignedIn; now: number; owners: Owners | undefined }

/** Alerts by rule and province. A card stays the same while its row changes: what is open in it stays open. */
function Groups(props: GroupsProps): JSX.Element {
  const name = useAlertName()
  const { format } = useLanguage()
  const keyOf = ({ rule, audience }: AlertGroup<AlertRow>) => `${rule} ${audience}`
  const byKey = createMemo(() => new Map(props.of.map((group) => [keyOf(group), group])))
  const byId = createMemo(() => new Map(props.of.flatMap(({ alerts }) => alerts.map((one) => [one.id, one]))))
  return (
    <For each={props.of.map(keyOf)}>
      {(key) => (
        <Show when={byKey().get(key)}>
          {(group) => (
            <section class="alert-group">
              <h2>
                {name(group().alerts[0]!)} · <AreaName code={group().audience} />
                <Show when={group().alerts.length > 1}> ({format().number(group().alerts.length)})</Show>
              </h2>
              <For each={group().alerts.map(({ id }) => id)}>
                {(id) => (
                  <Show when={byId().get(id)}>
                    {(one) => <AlertCard one={one()} session={props.session} now={props.now} owners={props.owners} />}
                  </Show>
                )}
              </For>
            </section>
          )}
        </Show>
      )}
    </For>
  )
}

type FiltersProps = {
  show: (typeof SHOWS)[number]
  severity: (typeof ALERT_SEVERITIES)[number] | undefined
  set(next: { show?: string | undefined; severity?: string | undefined }): void
  count: string
}

function Filters(props: FiltersProps): JSX.Element {
  const t = useWords(alertsWords)
  const words = useWords(alertWords)
  return (
    <div class="alerts-filters">
      <SelectField
        label={t('filter.show')}
        name="show"
        options={SHOWS}
        value={props.show}
        text={(each) => t(`show.${each}`)}
        onChange={(each) => props.set({ show: each === 'all' ? undefined : each })}
      />
      <SelectField
        label={t('filter.severity')}
        name="severity"
        options={[undefined, ...WORST_FIRST]}
        value={props.severity}
        text={(each) => (each === undefined ? t('filter.any') : t('soundFrom', words(`severity.${each}`)))}
        onChange={(each) => props.set({ severity: each })}
      />
      <SelectField
        label={t('sound')}
        hint={t('soundHint')}
        name="sound"
        options={[undefined, ...WORST_FIRST]}
        value={alarmFrom() ?? undefined}
        text={(each) => (each === undefined ? t('soundOff') : t('soundFrom', words(`severity.${each}`)))}
        onChange={(each) => setAlarm(each ?? null)}
      />
      <p role="status">{props.count}</p>
    </div>
  )
}
