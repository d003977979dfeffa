import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { rowObjects } from '../../../../hub/contract/live/rows.ts'
import { OPERATION_KINDS, type OperationKind } from '../../../../hub/contract/vocabulary/operation.ts'
import { ask } from '../../api/http.ts'
import { screenNow } from '../../clock.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { InputField } from '../../forms/InputField.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { commonWords } from '../../i18n/common.ts'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/State.tsx'
import { toast } from '../../ui/Toast.tsx'
import type { OperationDay } from './api.ts'
import { Confirm } from './Confirm.tsx'
import { adminWords } from './words.ts'

async function readOperation() {
  const { r: rows } = await ask('GET /api/situation', { query: { scope: 'province:00' } })
  return rowObjects(rows, 'operation')[0]
}

/** The day every screen counts by, and whether this is an exercise. */
export function Operation(): JSX.Element {
  const common = useWords(commonWords)
  const t = useWords(adminWords)
  const { language, format } = useLanguage()
  const [read, again] = createLoaded(() => 'operation', readOperation)
  // The answer of a change is ahead of the stream that the page was read from.
  const [changed, setChanged] = createSignal<OperationDay>()
  const operation = () => {
    const answer = read()
    return answer.kind === 'there' && answer.value ? { ...answer.value, ...changed() } : undefined
  }
  const failed = () => failureOf(read(), common)
  return (
    <Switch fallback={<Skeleton height="8rem" />}>
      <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Match>
      <Match when={operation()}>
        {(row) => (
          <section class="desk-card">
            <dl class="operation-facts">
              <dt>{t('operation.day')}</dt>
              <dd>{format().dayLong(row().day)}</dd>
              <dt>{t('operation.kind')}</dt>
              <dd>{t(`operation.${row().kind}`)}</dd>
              <dt>{t('operation.name')}</dt>
              <dd>{row()[language() === 'th' ? 'titleTh' : 'titleEn']}</dd>
            </dl>
            <SetDay day={row().day} kind={row().kind} done={setChanged} />
          </section>
        )}
      </Match>
      <Match when={read().kind === 'there'}>
        <EmptyState title={t('operation.none')} />
      </Match>
    </Switch>
  )
}

/** Moves the day for every screen at once, so it is asked again before it is done. */
function SetDay(props: { day: string; kind: OperationKind; done(now: OperationDay): void }): JSX.Element {
  const t = useWords(adminWords)
  const { format } = useLanguage()
  const [day, setDay] = createSignal(props.day)
  const [kind, setKind] = createSignal(props.kind)
  const [asking, setAsking] = createSignal(false)
  /** The day of a live operation is the calendar's: the hub moves it there within a minute, whatever was set. */
  const live = () => kind() === 'live'
  const wanted = () => (live() ? bangkokDay(screenNow()) : day())
  const unchanged = () => wanted() === '' || (wanted() === props.day && kind() === props.kind)
  const warning = () =>
    [
      t('operation.warn'),
      wanted() < props.day ? t('operation.back') : '',
      kind() === 'live' && props.kind !== 'live' ? t('operation.turnsLive') : '',
    ]
      .filter(Boolean)
      .join(' ')
  return (
    <form
      class="desk-filter"
      onSubmit={(event) => {
        event.preventDefault()
        setAsking(true)
      }}
    >
      <InputField
        label={t('operation.newDay')}
        hint={live() ? t('operation.calendar') : undefined}
        type="date"
        name="day"
        min="2019-01-01"
        max="2100-12-31"
        disabled={live()}
        value={wanted()}
        onText={setDay}
      />
      <SelectField
        label={t('operation.kind')}
        name="kind"
        options={OPERATION_KINDS}
        value={kind()}
        text={(each) => t(`operation.${each}`)}
        onChange={setKind}
      />
      <Button type="submit" disabled={unchanged()}>
        {t('operation.set')}
      </Button>
      <Show when={asking()}>
        <Confirm
          title={t('operation.setTitle', format().dayLong(wanted()))}
          text={warning()}
          action={t('operation.set')}
          onConfirm={async () => {
            props.done(await ask('PUT /api/operation', { body: { day: wanted(), kind: kind() } }))
            toast(t('operation.wasSet'), 'good')
          }}
          onClose={() => setAsking(false)}
        />
      </Show>
    </form>
  )
}
