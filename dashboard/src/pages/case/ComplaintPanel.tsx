import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { careWords } from '../../care/planWords.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { SeverityMark } from '../../ui/Badge.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { complaintWords } from './complaintWords.ts'
import type { ComplaintState } from './createComplaint.ts'
import { saidBeside, useSaidFacts } from './useSaidFacts.ts'

/** What the hub calls somebody without an account in the history. */
const REQUESTER = 'requester'

/** Symptoms, oxygen saturation, risks and age as they were told, the newest first; nobody triages blindly. */
export function ComplaintPanel(props: { complaint: ComplaintState }): JSX.Element {
  const t = useWords(complaintWords)
  const { format } = useLanguage()
  const care = useWords(careWords)
  const there = () => (typeof props.complaint === 'object' ? props.complaint : undefined)
  const facts = useSaidFacts()
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
                      <span>{facts.said(said).join(' · ')}</span>
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
                <span>{facts.check(told).join(' · ')}</span>
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
