import { A } from '@solidjs/router'
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { type Answer, ask } from '../../api/http.ts'
import { deviceNow } from '../../clock.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { privacyWords } from '../../privacy/privacyWords.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { privacyAdminWords } from './privacyAdminWords.ts'

type Announced = Answer<'GET /api/retention/announced'>['announced']

const load = () => ask('GET /api/retention/announced')

/** What goes by rule within a week: how many, on which day, and what keeps it. */
export function GoesSoon(): JSX.Element {
  const t = useWords(privacyAdminWords)
  const common = useWords(commonWords)
  const [read, again] = createLoaded(() => 'announced', load)
  const there = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value.announced : undefined
  }
  const failed = () => failureOf(read(), common)
  return (
    <section class="desk-card" aria-labelledby="goes-soon">
      <h2 id="goes-soon">{t('goesSoon')}</h2>
      <p class="desk-muted">{t('goesSoonText')}</p>
      {/* As high as one line: mostly nothing goes. */}
      <Switch fallback={<Skeleton height="1.7rem" />}>
        <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Match>
        <Match when={there()}>{(announced) => <Days announced={announced()} />}</Match>
      </Switch>
    </section>
  )
}

function Days(props: { announced: Announced }): JSX.Element {
  const t = useWords(privacyAdminWords)
  const tRule = useWords(privacyWords)
  const { format } = useLanguage()
  return (
    <ul>
      <For each={props.announced} fallback={<li>{t('goesSoonNone')}</li>}>
        {({ rule, goesOn, days, records, announcedAt }) => (
          <li data-goes-on={goesOn}>
            <b>{format().day(goesOn)}</b> · {tRule(`rule.${rule}`)} · {t('goesSoonDay', format().number(records), days)}{' '}
            <small>{t('announced', format().moment(announcedAt, deviceNow()))}</small>
          </li>
        )}
      </For>
    </ul>
  )
}

/** On the other pages of an administrator: that something goes, and the way to where it is kept. */
export function GoesSoonLine(): JSX.Element {
  const t = useWords(privacyAdminWords)
  const { format } = useLanguage()
  const [read] = createLoaded(() => 'announced', load)
  const next = () => {
    const answer = read()
    const first = answer.kind === 'there' ? answer.value.announced[0] : undefined
    if (answer.kind !== 'there' || first === undefined) return undefined
    return { goesOn: first.goesOn, records: answer.value.announced.reduce((all, { records }) => all + records, 0) }
  }
  return (
    <Show when={next()}>
      {(soon) => (
        <p class="desk-muted" role="status" data-goes-soon={soon().records}>
          {t('goesSoonLine', format().number(soon().records), format().day(soon().goesOn))}{' '}
          <A href="/admin/privacy">{t('goesSoonLink')}</A>
        </p>
      )}
    </Show>
  )
}
