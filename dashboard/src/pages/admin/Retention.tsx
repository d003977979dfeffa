import { For, type JSX, Match, Switch } from 'solid-js'
import { type Answer, ask } from '../../api/http.ts'
import { deviceNow } from '../../clock.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { privacyWords } from '../../privacy/privacyWords.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { toast } from '../../ui/Toast.tsx'
import { CountForm } from './CountForm.tsx'
import { GoesSoon } from './GoesSoon.tsx'
import { privacyAdminWords } from './privacyAdminWords.ts'

type Retention = Answer<'GET /api/retention'>

/** How long what is kept, what is about to go and what went; and the record of processing activities. */
export function RetentionRules(): JSX.Element {
  const common = useWords(commonWords)
  const [read, again] = createLoaded(
    () => 'retention',
    () => ask('GET /api/retention'),
  )
  const there = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value : undefined
  }
  const failed = () => failureOf(read(), common)
  return (
    <Switch fallback={<Skeleton height="12rem" />}>
      <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Match>
      <Match when={there()}>
        {(retention) => (
          <>
            {/* Read anew with the rules, whenever one of them was set. */}
            <GoesSoon />
            <Rules retention={retention()} again={again} />
            <Runs runs={retention().runs} />
            <Processing processing={retention().processing} />
          </>
        )}
      </Match>
    </Switch>
  )
}

function Rules(props: { retention: Retention; again(): void }): JSX.Element {
  const t = useWords(privacyAdminWords)
  const tRule = useWords(privacyWords)
  const { format } = useLanguage()
  const said = ({ soon, nextDays, nextFrom, version }: Retention['rules'][number]) =>
    [
      soon === null
        ? t('notCounted')
        : soon === 0
          ? t('soonNone')
          : t('soon', soon >= 10_000 ? '≥ 10,000' : String(soon)),
      nextDays === null || nextFrom === null ? '' : t('next', nextDays, format().moment(nextFrom, deviceNow())),
      t('standing', version),
    ]
      .filter(Boolean)
      .join(' ')
  return (
    <section class="desk-card thresholds" aria-labelledby="retention">
      <h2 id="retention">{t('rules')}</h2>
      <p class="desk-muted">{t('rulesText')}</p>
      <For each={props.retention.rules}>
        {(row) => (
          <div>
            <CountForm
              name={`retention.${row.rule}`}
              title={tRule(`rule.${row.rule}`)}
              label={t('days', row.least, row.most)}
              value={row.nextDays ?? row.days}
              noNumber={t('noNumber')}
              save={async (days) => {
                await ask('PUT /api/retention', { body: { rule: row.rule, days } })
                toast(t('wasSet', tRule(`rule.${row.rule}`)), 'good')
                props.again()
              }}
            />
            <p class="desk-muted">{said(row)}</p>
          </div>
        )}
      </For>
    </section>
  )
}

function Runs(props: { runs: Retention['runs'] }): JSX.Element {
  const t = useWords(privacyAdminWords)
  const tRule = useWords(privacyWords)
  const { format } = useLanguage()
  return (
    <section class="desk-card" aria-labelledby="retention-runs">
      <h2 id="retention-runs">{t('runs')}</h2>
      <ul>
        <For each={props.runs} fallback={<li>{t('noRuns')}</li>}>
          {({ rule, version, days, ranAt, gone }) => (
            <li>
              <time>{format().moment(ranAt, deviceNow())}</time> · {tRule(`rule.${rule}`)} ·{' '}
              {t('run', gone, days, version)}
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}

function Processing(props: { processing: Retention['processing'] }): JSX.Element {
  const t = useWords(privacyAdminWords)
  const tRule = useWords(privacyWords)
  const { language } = useLanguage()
  return (
    <section class="desk-card" aria-labelledby="processing">
      <h2 id="processing">{t('processing')}</h2>
      <p class="desk-muted">{t('processingText')}</p>
      <For each={props.processing}>
        {(one) => (
          <details>
            <summary>{language() === 'th' ? one.th : one.en}</summary>
            <dl class="privacy-parts">
              <div>
                <dt>{t('tables')}</dt>
                <dd>{one.tables.join(', ')}</dd>
              </div>
              <div>
                <dt>{t('basis')}</dt>
                <dd>{one.basis.map((basis) => t(`bases.${basis}`)).join(', ')}</dd>
              </div>
              <div>
                <dt>{t('roles')}</dt>
                <dd>{one.roles.join(', ') || t('nobody')}</dd>
              </div>
              <div>
                <dt>{t('ends')}</dt>
                <dd>{one.rule === null ? t('never') : tRule(`rule.${one.rule}`)}</dd>
              </div>
            </dl>
          </details>
        )}
      </For>
    </section>
  )
}
