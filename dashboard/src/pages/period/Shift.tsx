import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { TEXT_MAX } from '../../../../hub/contract/vocabulary/period.ts'
import { command } from '../../api/cases.ts'
import { ask } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { InputField, TextAreaField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { inHours, SHIFT_HOURS } from './choices.ts'
import type { PartProps } from './part.ts'
import { draftSummary } from './summary.ts'
import { periodWords } from './words.ts'

/** The shift that runs: begun, handed over with a summary, accepted by the next. */
export function Shift(props: PartProps): JSX.Element {
  const t = useWords(periodWords)
  const { format } = useLanguage()
  const [handing, setHanding] = createSignal(false)
  const [summary, setSummary] = createSignal('')
  const { busy, problem, send } = createSubmit()
  const period = () => props.command.period
  const moment = (at: number) => format().moment(at, props.now)
  const run = (work: (key: string) => Promise<unknown>) =>
    send(async () => {
      await command(work)
      setHanding(false)
      props.changed()
    })
  const open = () => {
    const words = {
      heading: {
        done: t('summary.done'),
        open: t('summary.open'),
        dropped: t('summary.dropped'),
        decisions: t('summary.decisions'),
        messages: t('summary.messages'),
        late: t('summary.late'),
        nothing: t('summary.nothing'),
      },
      due: (at: number) => t('objectives.dueAt', moment(at)),
    }
    setSummary(draftSummary(props.command, words, props.now))
    setHanding(true)
  }
  const begin = (title: string, hours: number) =>
    run((key) =>
      ask('POST /api/periods', { body: { area: props.area, title, endsAt: inHours(hours, props.now) }, key }),
    )
  const accept = (id: number) => (title: string, hours: number) =>
    run((key) =>
      ask('POST /api/periods/{id}/accept', { params: { id }, body: { title, endsAt: inHours(hours, props.now) }, key }),
    )

  return (
    <section class="desk-card" aria-labelledby="period-shift">
      <h2 id="period-shift">{t('shift.title')}</h2>
      <Show when={period()} fallback={<p>{t('shift.none')}</p>}>
        {(shift) => (
          <p class="period-shift" data-shift={shift().status}>
            <b>{shift().title}</b>
            <span>{t('shift.runs', moment(shift().startsAt), moment(shift().endsAt))}</span>
            <span>{shift().startedBy}</span>
          </p>
        )}
      </Show>
      <Show when={period()?.status === 'running' && (period()?.endsAt ?? 0) < props.now}>
        <p class="desk-warning">{t('shift.over')}</p>
      </Show>
      <Show when={period()?.status === 'handed_over' && period()}>
        {(shift) => (
          <div class="desk-warning">
            <p>{t('shift.handed', shift().handedBy ?? '', moment(shift().handedAt ?? 0))}</p>
            <p class="period-summary">{shift().summary}</p>
          </div>
        )}
      </Show>
      <ProblemNote text={problem()?.text} />
      <Show when={props.mayWrite}>
        <Switch>
          <Match when={period() === null}>
            <ShiftForm busy={busy()} error={problem()?.fields.title} submit={t('shift.begin')} send={begin} />
          </Match>
          <Match when={period()?.status === 'handed_over' && period()}>
            {(shift) => (
              <>
                <ShiftForm
                  busy={busy()}
                  error={problem()?.fields.title}
                  submit={t('shift.accept')}
                  send={accept(shift().id)}
                />
                <Button
                  busy={busy()}
                  onClick={() =>
                    void run((key) =>
                      ask('POST /api/periods/{id}/take-back', { params: { id: shift().id }, body: {}, key }),
                    )
                  }
                >
                  {t('shift.takeBack')}
                </Button>
              </>
            )}
          </Match>
          <Match when={handing() && period()}>
            {(shift) => (
              <form
                class="period-form"
                onSubmit={(event) => {
                  event.preventDefault()
                  const body = { summary: summary() }
                  void run((key) => ask('POST /api/periods/{id}/hand-over', { params: { id: shift().id }, body, key }))
                }}
              >
                <TextAreaField
                  label={t('shift.summary')}
                  hint={`${t('shift.summaryHint')} ${t('hint')}`}
                  error={problem()?.fields.summary}
                  rows={10}
                  maxLength={TEXT_MAX.summary}
                  value={summary()}
                  onText={setSummary}
                  name="summary"
                  required
                />
                <Button type="submit" kind="primary" busy={busy()}>
                  {t('shift.send')}
                </Button>
              </form>
            )}
          </Match>
          <Match when={period()}>
            <div class="desk-buttons">
              <Button onClick={open}>{t('shift.handOver')}</Button>
            </div>
          </Match>
        </Switch>
      </Show>
      <Show when={props.command.before}>
        {(before) => (
          <details>
            <summary>{t('shift.before', before().title)}</summary>
            <p class="period-summary">{before().summary}</p>
            <p class="desk-muted">{t('shift.accepted', before().acceptedBy ?? '', moment(before().acceptedAt ?? 0))}</p>
          </details>
        )}
      </Show>
    </section>
  )
}

/** A title and how long it lasts. */
function ShiftForm(props: {
  busy: boolean
  /** what is wrong with the title */
  error: string | undefined
  submit: string
  send(title: string, hours: number): Promise<void>
}): JSX.Element {
  const t = useWords(periodWords)
  const [title, setTitle] = createSignal('')
  const [hours, setHours] = createSignal<number>(SHIFT_HOURS[0])
  return (
    <form
      class="period-form"
      onSubmit={(event) => {
        event.preventDefault()
        void props.send(title(), hours())
      }}
    >
      <InputField
        label={t('shift.name')}
        hint={t('hint')}
        error={props.error}
        name="shift"
        maxLength={TEXT_MAX.title}
        value={title()}
        onText={setTitle}
        autocomplete="off"
        required
      />
      <SelectField
        label={t('shift.length')}
        name="hours"
        options={SHIFT_HOURS}
        value={hours()}
        text={(each) => t('hours', String(each))}
        onChange={setHours}
      />
      <Button type="submit" kind="primary" busy={props.busy}>
        {props.submit}
      </Button>
    </form>
  )
}
