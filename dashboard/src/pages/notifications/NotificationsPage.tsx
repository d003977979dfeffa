import { createEffect, createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'
import { DeskPage } from '../../pageKit/DeskPage.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { pageMay } from '../../session/workplaces.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { Devices } from './Devices.tsx'
import { Kinds } from './Kinds.tsx'
import { Mail } from './Mail.tsx'
import type { Mine } from './mine.ts'
import './notifications.css'
import { Recent } from './Recent.tsx'
import { ThisDevice } from './ThisDevice.tsx'
import { notificationWords } from './words.ts'

/** What reaches an account outside of the pages: on which devices, by mail, of what and when not. */
export default function NotificationsPage(): JSX.Element {
  const t = useWords(notificationWords)
  return (
    <DeskPage title={[t('title')]} may={pageMay('notifications')}>
      <header class="desk-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
      </header>
      <Parts />
    </DeskPage>
  )
}

function Parts(): JSX.Element {
  const common = useWords(commonWords)
  const [read, again] = createLoaded(
    () => 'notifications',
    () => ask('GET /api/notifications'),
  )
  const [mine, take] = createSignal<Mine>()
  createEffect(() => {
    const answer = read()
    if (answer.kind === 'there') take(answer.value)
  })
  const failed = () => failureOf(read(), common)
  return (
    <Switch fallback={<Skeleton height="30rem" />}>
      <Match when={mine()}>
        {(all) => (
          <>
            <ThisDevice mine={all()} take={take} />
            <Kinds mine={all()} take={take} />
            <Mail mine={all()} take={take} />
            <Devices mine={all()} take={take} />
            <Recent mine={all()} take={take} />
            <Show when={failed()}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Show>
          </>
        )}
      </Match>
      <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Match>
    </Switch>
  )
}
