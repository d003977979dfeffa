import { createSignal, For, type JSX, Show } from 'solid-js'
import { type Answer, ask } from '../../api/http.ts'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { DoneNote } from '../../forms/DoneNote.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { readCount } from './beds.ts'
import { facilityWords } from './words.ts'

type Days = Answer<'GET /api/dose-plans'>['days']
const DOSES_MAX = 1_000_000

/** Doses planned for the next two weeks, beside what was given: of a site, or of a province beside its sites. */
export function PlanForm(props: { facility?: string; area?: string; today: string }): JSX.Element {
  const t = useWords(facilityWords)
  const { format } = useLanguage()
  const place = () => (props.facility === undefined ? { area: props.area } : { facility: props.facility })
  const [loaded, again] = createLoaded(
    () => `${props.today} ${props.facility ?? props.area}`,
    () => ask('GET /api/dose-plans', { query: { ...place(), from: props.today } }),
  )
  const days = (): Days => {
    const answer = loaded()
    return answer.kind === 'there' ? answer.value.days : []
  }
  const [typed, setTyped] = createSignal<Readonly<Record<string, string>>>({})
  const [said, setSaid] = createSignal('')
  const [shown, setShown] = createSignal(false)
  const { busy, problem, send, forget } = createSubmit()
  const attempt = createAttempt()
  const isWrong = (text: string | undefined) => text !== undefined && (readCount(text) ?? DOSES_MAX + 1) > DOSES_MAX
  const changed = () => days().filter(({ day, own }) => typed()[day] !== undefined && typed()[day] !== textOf(own))

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    setShown(true)
    setSaid('')
    forget()
    const rows = changed()
    if (rows.some(({ day }) => isWrong(typed()[day]))) return
    if (rows.length === 0) {
      setSaid(t('plan.none'))
      return
    }
    const plans = rows.map(({ day }) => ({ day, doses: readCount(typed()[day] ?? '') ?? 0 }))
    const body =
      props.facility === undefined ? { area: props.area, plans } : { facility: Number(props.facility), plans }
    await send(async () => {
      await ask('POST /api/dose-plans', { body, key: attempt.keyOf(body) })
      attempt.answered()
      setTyped({})
      setSaid(t('plan.sent', format().number(plans.length)))
      again()
    })
  }

  return (
    <form class="desk-card" onSubmit={(event) => void submit(event)} noValidate>
      <div>
        <h2>{t(props.facility === undefined ? 'plan.titleProvince' : 'plan.title')}</h2>
        <p class="desk-muted">{t(props.facility === undefined ? 'plan.leadProvince' : 'plan.lead')}</p>
      </div>
      <table class="desk-table plan-table">
        <thead>
          <tr>
            <th scope="col">{t('plan.day')}</th>
            <th scope="col" class="desk-number">
              {t('plan.own')}
            </th>
            <Show when={props.facility === undefined}>
              <th scope="col" class="desk-number">
                {t('plan.all')}
              </th>
            </Show>
            <th scope="col" class="desk-number">
              {t('plan.given')}
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={days()}>
            {(row) => (
              <tr>
                <th scope="row">{format().day(row.day)}</th>
                <td class="desk-number">
                  <input
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-label={t('plan.of', format().day(row.day))}
                    aria-invalid={shown() && isWrong(typed()[row.day])}
                    value={typed()[row.day] ?? textOf(row.own)}
                    onChange={({ currentTarget }) =>
                      setTyped((all) => ({ ...all, [row.day]: currentTarget.value.trim() || '0' }))
                    }
                  />
                </td>
                <Show when={props.facility === undefined}>
                  <td class="desk-number">{row.planned === 0 ? '–' : format().number(row.planned)}</td>
                </Show>
                <td class="desk-number">{row.given === 0 ? '–' : format().number(row.given)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <ProblemNote
        text={shown() && changed().some(({ day }) => isWrong(typed()[day])) ? t('plan.number') : undefined}
      />
      <ProblemNote text={problem()?.text} />
      <Button type="submit" kind="primary" busy={busy()}>
        {t('plan.send')}
      </Button>
      <DoneNote text={said()} />
    </form>
  )
}

const textOf = (doses: number): string => (doses === 0 ? '' : String(doses))
