import { A } from '@solidjs/router'
import { For, type JSX, Match, Switch } from 'solid-js'
import { SETUP_STEPS } from '../../../../hub/contract/api/setup.ts'
import { type Answer, ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { setupWords } from './setupWords.ts'

type Setup = Answer<'GET /api/setup'>
type Step = (typeof SETUP_STEPS)[number]

const HREFS: Readonly<Record<Step, string>> = {
  operation: '/admin/operation',
  facilities: '/admin/facilities',
  accounts: '/admin/accounts',
  reports: '/list',
  screens: '/admin/screens',
}

const DONE: Readonly<Record<Step, (setup: Setup) => boolean>> = {
  operation: ({ operation }) => operation !== null,
  facilities: ({ facilities }) => facilities > 0,
  accounts: ({ accounts }) => accounts > 0,
  reports: ({ reports }) => reports,
  screens: ({ screens }) => screens > 0,
}

/** From an empty database to a live wall: each step with its page, ticked when it is true. */
export function Checklist(): JSX.Element {
  const t = useWords(setupWords)
  const common = useWords(commonWords)
  const [loaded, reload] = createLoaded(
    () => 'setup',
    () => ask('GET /api/setup'),
  )
  const setup = () => {
    const answer = loaded()
    return answer.kind === 'there' ? answer.value : undefined
  }
  const failed = () => failureOf(loaded(), common)
  return (
    <section class="desk-card" aria-labelledby="setup">
      <h2 id="setup">{t('title')}</h2>
      <p class="desk-muted">{t('lead')}</p>
      <Switch fallback={<Skeleton height="12rem" />}>
        <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={reload} />}</Match>
        <Match when={setup()}>{(now) => <Steps setup={now()} />}</Match>
      </Switch>
    </section>
  )
}

function Steps(props: { setup: Setup }): JSX.Element {
  const t = useWords(setupWords)
  const { format } = useLanguage()
  const number = (n: number) => format().number(n)
  const says = (step: Step): string => {
    const { operation, facilities, unplaced, accounts, screens } = props.setup
    switch (step) {
      case 'operation':
        return operation ? t('says.operation', format().dayLong(operation.day)) : ''
      case 'facilities':
        return facilities > 0 ? t('says.facilities', number(facilities), number(unplaced)) : ''
      case 'accounts':
        return accounts > 0 ? t('says.accounts', number(accounts)) : ''
      case 'screens':
        return screens > 0 ? t('says.screens', number(screens)) : ''
      case 'reports':
        return ''
    }
  }
  return (
    <ol class="setup-steps">
      <For each={SETUP_STEPS}>
        {(step) => (
          <li data-step={step} data-done={DONE[step](props.setup) ? 'true' : 'false'}>
            <Badge tone={DONE[step](props.setup) ? 'plain' : 'warn'}>
              {DONE[step](props.setup) ? t('done') : t('open')}
            </Badge>
            <div>
              <A href={HREFS[step]}>{t(`step.${step}`)}</A>
              <p class="desk-muted">{says(step) || t(`text.${step}`)}</p>
            </div>
          </li>
        )}
      </For>
    </ol>
  )
}
