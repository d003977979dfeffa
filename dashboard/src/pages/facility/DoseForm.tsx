import { createSignal, For, type JSX, Show } from 'solid-js'
import { DOSE_NUMBERS, type DoseNumber } from '../../../../hub/wire/metrics.ts'
import { type Problem, problemOf } from '../../desk/problem.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { readCount } from './beds.ts'
import { DoseSheet } from './DoseSheet.tsx'
import { GROUPS, type Group } from './groups.ts'
import { sendDoses } from './report.ts'
import { facilityWords } from './words.ts'

type Row = { readonly dose: DoseNumber; readonly group: Group; readonly count: string }

const ROWS_MAX = 40
const FIRST: Row = { dose: 1, group: 'general', count: '' }

/** Doses of one day; an earlier day is late, a correction takes back. */
export function DoseForm(props: { facility: string; today: string }): JSX.Element {
  const t = useWords(facilityWords)
  const { language, format } = useLanguage()
  const [day, setDay] = createSignal(props.today)
  const [correction, setCorrection] = createSignal(false)
  const [rows, setRows] = createSignal<readonly Row[]>([FIRST])
  const [shown, setShown] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<Problem>()
  const [done, setDone] = createSignal<string>()
  let attempt: { readonly body: string; readonly key: string } | undefined

  const change = (at: number, part: Partial<Row>) =>
    setRows((all) => all.map((row, i) => (i === at ? { ...row, ...part } : row)))
  const wrong = (row: Row) => (readCount(row.count) ?? 0) === 0
  const notYet = () => day() > props.today || day() === ''

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setShown(true)
    setDone(undefined)
    if (rows().some(wrong) || notYet()) return
    const sign = correction() ? -1 : 1
    const report = {
      day: day(),
      correction: correction(),
      rows: rows().map(({ dose, group, count }) => ({ dose, group, doses: sign * (readCount(count) ?? 0) })),
    }
    const body = JSON.stringify(report)
    attempt = attempt?.body === body ? attempt : { body, key: crypto.randomUUID() }
    setBusy(true)
    try {
      const { day: counted, late } = await sendDoses(props.facility, report, attempt.key)
      attempt = undefined
      const sum = report.rows.reduce((total, row) => total + Math.abs(row.doses), 0)
      const said = t(
        report.correction ? 'doses.sentCorrection' : 'doses.sent',
        format().number(sum),
        format().day(counted),
      )
      setDone(late ? `${said} ${t('doses.late')}` : said)
      setProblem(undefined)
      setRows([FIRST])
      setShown(false)
      setCorrection(false)
    } catch (error) {
      const what = problemOf(error, language())
      if (what.code !== 'unreachable') attempt = undefined
      setProblem(what)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form class="desk-card" onSubmit={submit} noValidate>
      <div>
        <h2>{t('doses.title')}</h2>
        <p class="desk-muted">{t('doses.lead')}</p>
      </div>
      <Field
        label={t('doses.day')}
        hint={day() < props.today ? t('doses.lateWarning') : undefined}
        error={notYet() ? t('doses.notYet') : undefined}
      >
        {(aria) => (
          <input
            {...aria}
            type="date"
            max={props.today}
            value={day()}
            onInput={({ currentTarget }) => setDay(currentTarget.value)}
          />
        )}
      </Field>
      <For each={rows()}>
        {(row, i) => (
          <div class="dose-row">
            <Field label={t('doses.dose')}>
              {(aria) => (
                <select
                  {...aria}
                  onChange={({ currentTarget }) => change(i(), { dose: Number(currentTarget.value) as DoseNumber })}
                >
                  <For each={DOSE_NUMBERS}>
                    {(dose) => (
                      <option value={dose} selected={dose === row.dose}>
                        {dose}
                      </option>
                    )}
                  </For>
                </select>
              )}
            </Field>
            <Field label={t('doses.group')}>
              {(aria) => (
                <select
                  {...aria}
                  onChange={({ currentTarget }) => change(i(), { group: currentTarget.value as Group })}
                >
                  <For each={GROUPS}>
                    {(group) => (
                      <option value={group} selected={group === row.group}>
                        {t(`group.${group}`)}
                      </option>
                    )}
                  </For>
                </select>
              )}
            </Field>
            <Field label={t('doses.count')} error={shown() && wrong(row) ? t('doses.number') : undefined}>
              {(aria) => (
                <input
                  {...aria}
                  type="text"
                  inputmode="numeric"
                  autocomplete="off"
                  value={row.count}
                  onChange={({ currentTarget }) => change(i(), { count: currentTarget.value })}
                />
              )}
            </Field>
            <Show when={rows().length > 1}>
              <button
                type="button"
                class="form-link"
                aria-label={t('doses.remove')}
                onClick={() => setRows((all) => all.filter((_, at) => at !== i()))}
              >
                ✕
              </button>
            </Show>
          </div>
        )}
      </For>
      <Show when={rows().length < ROWS_MAX}>
        <Button
          onClick={() => setRows((all) => [...all, all.at(-1) ? { ...FIRST, dose: all.at(-1)?.dose ?? 1 } : FIRST])}
        >
          {t('doses.add')}
        </Button>
      </Show>
      <label class="desk-check">
        <input
          type="checkbox"
          checked={correction()}
          onChange={({ currentTarget }) => setCorrection(currentTarget.checked)}
        />
        {t('doses.correction')}
      </label>
      <Show when={correction()}>
        <p class="desk-warning">{t('doses.correctionHint')}</p>
      </Show>
      <Show when={problem()}>
        {(what) => (
          <p class="desk-problem" role="alert">
            {what().text}
          </p>
        )}
      </Show>
      <Button type="submit" kind={correction() ? 'danger' : 'primary'} busy={busy()}>
        {t(correction() ? 'doses.sendCorrection' : 'doses.send')}
      </Button>
      <Show when={done()}>
        <p class="desk-done" role="status">
          {done()}
        </p>
      </Show>
      <DoseSheet facility={props.facility} today={props.today} />
    </form>
  )
}
