import { createSignal, type JSX, Show } from 'solid-js'
import { type Problem, problemOf } from '../../desk/problem.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { readCount } from './beds.ts'
import { sendTests, type TestReport } from './report.ts'
import { facilityWords } from './words.ts'

/** Tests of the facility's district and day. */
export function TestForm(props: { district: string; today: string }): JSX.Element {
  const t = useWords(facilityWords)
  const { language, format } = useLanguage()
  const [day, setDay] = createSignal(props.today)
  const [kind, setKind] = createSignal<TestReport['kind']>('pcr')
  const [tested, setTested] = createSignal('')
  const [positive, setPositive] = createSignal('')
  const [correction, setCorrection] = createSignal(false)
  const [shown, setShown] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<Problem>()
  const [done, setDone] = createSignal<string>()
  let attempt: { readonly body: string; readonly key: string } | undefined

  const testedError = () => (shown() && (readCount(tested()) ?? 0) === 0 ? t('doses.number') : undefined)
  const positiveError = () => {
    const count = readCount(positive())
    if (shown() && count === undefined) return t('beds.wrongNumber', t('tests.positive'))
    return (count ?? 0) > (readCount(tested()) ?? Number.POSITIVE_INFINITY) ? t('tests.more') : undefined
  }
  const notYet = () => day() > props.today || day() === ''

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setShown(true)
    setDone(undefined)
    if (testedError() || positiveError() || notYet()) return
    const counts = { tested: readCount(tested()) ?? 0, positive: readCount(positive()) ?? 0 }
    const sign = correction() ? -1 : 1
    const report: TestReport = {
      area: props.district,
      kind: kind(),
      day: day(),
      correction: correction(),
      tested: sign * counts.tested,
      positive: counts.positive === 0 ? 0 : sign * counts.positive,
    }
    const body = JSON.stringify(report)
    attempt = attempt?.body === body ? attempt : { body, key: crypto.randomUUID() }
    setBusy(true)
    try {
      const { day: counted, late } = await sendTests(report, attempt.key)
      attempt = undefined
      const said = t(
        'tests.sent',
        format().number(report.tested),
        format().number(report.positive),
        format().day(counted),
      )
      setDone(late ? `${said} ${t('doses.late')}` : said)
      setProblem(undefined)
      setTested('')
      setPositive('')
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
        <h2>{t('tests.title')}</h2>
        <p class="desk-muted">{t('tests.lead')}</p>
      </div>
      <div class="desk-pair">
        <Field label={t('tests.kind')}>
          {(aria) => (
            <select
              {...aria}
              value={kind()}
              onChange={({ currentTarget }) => setKind(currentTarget.value === 'atk' ? 'atk' : 'pcr')}
            >
              <option value="pcr">{t('tests.pcr')}</option>
              <option value="atk">{t('tests.atk')}</option>
            </select>
          )}
        </Field>
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
        <Field label={t('tests.tested')} error={testedError()}>
          {(aria) => (
            <input
              {...aria}
              type="text"
              inputmode="numeric"
              autocomplete="off"
              value={tested()}
              onInput={({ currentTarget }) => setTested(currentTarget.value)}
            />
          )}
        </Field>
        <Field label={t('tests.positive')} error={positiveError()}>
          {(aria) => (
            <input
              {...aria}
              type="text"
              inputmode="numeric"
              autocomplete="off"
              value={positive()}
              onInput={({ currentTarget }) => setPositive(currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <label class="desk-check">
        <input
          type="checkbox"
          checked={correction()}
          onChange={({ currentTarget }) => setCorrection(currentTarget.checked)}
        />
        {t('tests.correction')}
      </label>
      <Show when={problem()}>
        {(what) => (
          <p class="desk-problem" role="alert">
            {what().text}
          </p>
        )}
      </Show>
      <Button type="submit" kind={correction() ? 'danger' : 'primary'} busy={busy()}>
        {t(correction() ? 'doses.sendCorrection' : 'tests.send')}
      </Button>
      <Show when={done()}>
        <p class="desk-done" role="status">
          {done()}
        </p>
      </Show>
    </form>
  )
}
