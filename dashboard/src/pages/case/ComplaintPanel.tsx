import { For, type JSX, Match, Show, Switch } from 'solid-js'
import type { Complaint } from '../../api/cases.ts'
import { checkWords } from '../../care/careWords.ts'
import { careWords } from '../../care/planWords.ts'
import { caseWords } from '../../i18n/caseWords.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { personWords } from '../../i18n/personWords.ts'
import { SeverityMark } from '../../ui/Badge.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { complaintWords } from './complaintWords.ts'
import type { ComplaintState } from './createComplaint.ts'

/** What the hub calls somebody without an account in the history. */
const REQUESTER = 'requester'

/** What was said in a daily check stands with the check. */
function saidBeside({ said, checks }: Complaint): Complaint['said'] {
  const times = new Set(checks.map(({ at }) => at))
  return said.filter(({ at }) => !times.has(at))
}

/** Symptoms, oxygen saturation, risks and age as they were told, the newest first; nobody triages blindly. */
export function ComplaintPanel(props: { complaint: ComplaintState }): JSX.Element {
  const t = useWords(complaintWords)
  const names = useWords(caseWords)
  const { format } = useLanguage()
  const care = useWords(careWords)
  const check = useWords(checkWords)
  const there = () => (typeof props.complaint === 'object' ? props.complaint : undefined)
  const person = useWords(personWords)
  const ageText = ({ age, ageMonths }: Complaint['said'][number]) => {
    if (ageMonths !== null) return [person('months', String(ageMonths))]
    if (age === null) return []
    return [age === 0 ? person('underOne') : person('years', String(age))]
  }
  const facts = (said: Complaint['said'][number]) => [
    ...said.symptoms.map((each) => names(`symptom.${each}`)),
    ...(said.spo2 === null ? [] : [`SpO₂ ${said.spo2} %`]),
    ...said.risks.map((each) => names(`risk.${each}`)),
    ...ageText(said),
  ]
  const checkFacts = ({ feeling, spo2, temperature }: Complaint['checks'][number]) => [
    check(`feeling.${feeling}`),
    ...(spo2 === null ? [] : [`SpO₂ ${spo2} %`]),
    ...(temperature === null ? [] : [`${temperature} °C`]),
  ]
  return (
    <section class="case-panel case-complaint" aria-labelledby="case-complaint">
      <h2 id="case-complaint">{t('title')}</h2>
      <Switch fallback={<Skeleton height="3rem" />}>
        <Match when={props.complaint === 'failed'}>
          <p role="alert">{t('failed')}</p>
        </Match>
        <Match when={there()}>
          {(complaint) => (
            <Show when={saidBeside(complaint()).length > 0} fallback={<p>{t('none')}</p>}>
              <ul>
                <For each={saidBeside(complaint())}>
                  {(said) => (
                    <li data-danger={said.danger ? 'yes' : undefined}>
                      <Show when={said.danger}>
                        <b class="case-danger">
                          <SeverityMark severity="red" /> {t('danger')}
                        </b>
                      </Show>
                      <span>{facts(said).join(' · ')}</span>
                      <small class="case-muted">
                        {format().time(said.at)} · {said.by === REQUESTER ? t('requester') : said.by}
                      </small>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          )}
        </Match>
      </Switch>
      <Show when={there()?.checks.length}>
        <h3>{care('checks')}</h3>
        <ul>
          <For each={there()?.checks}>
            {(told) => (
              <li data-danger={told.danger ? 'yes' : undefined}>
                <Show when={told.danger}>
                  <SeverityMark severity="red" />{' '}
                </Show>
                <span>{checkFacts(told).join(' · ')}</span>
                <small class="case-muted">
                  {format().time(told.at)} · {told.own ? care('own') : told.by}
                </small>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <p class="case-muted">{t('hint')}</p>
    </section>
  )
}
