import { type JSX, Match, onMount, Show, Switch } from 'solid-js'
import { FormPage } from '../../forms/FormPage.tsx'
import { useWords } from '../../i18n/language.tsx'
import { installOffline } from '../../offline/install.ts'
import { SiteHead } from '../../session/SiteHead.tsx'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { queueWords } from './queueWords.ts'
import './record.css'
import { RecorderProvider, useRecorder } from './recorder.tsx'
import { SignIn } from './SignIn.tsx'
import { SignOut } from './SignOut.tsx'
import { recordWords } from './words.ts'

/** Everything under /record. The service worker keeps it, so that it opens and records without a network. */
export default function RecordPage(props: { children?: JSX.Element }): JSX.Element {
  const t = useWords(recordWords)
  onMount(installOffline)
  return (
    <RecorderProvider>
      <FormPage languages={['th', 'en']} head={<SiteHead signOut={<SignOut />} />}>
        <NetworkLine />
        <Show when={!window.isSecureContext}>
          <p class="form-muted">{t('plainHttp')}</p>
        </Show>
        <Inside>{props.children}</Inside>
      </FormPage>
    </RecorderProvider>
  )
}

function NetworkLine(): JSX.Element {
  const t = useWords(recordWords)
  const { online } = useRecorder()
  return (
    <p class="record-network" role="status">
      <Show when={!online()}>{t('network.off')}</Show>
    </p>
  )
}

function Inside(props: { children?: JSX.Element }): JSX.Element {
  const t = useWords(queueWords)
  const tRecord = useWords(recordWords)
  const { access } = useRecorder()
  const account = () => {
    const current = access()
    return current.kind === 'in' ? current.account : undefined
  }
  return (
    <Switch fallback={<PageSkeleton />}>
      <Match when={access().kind === 'signed_out'}>
        <SignIn />
      </Match>
      <Match when={access().kind === 'nobody_known'}>
        <EmptyState title={t('signIn')} text={t('needsNetwork')} />
      </Match>
      <Match when={access().kind === 'broken'}>
        <EmptyState title={tRecord('notSaved')} text={t('broken')} />
      </Match>
      <Match when={account()}>
        {(current) => (
          <Show when={current().may.includes('case.record')} fallback={<EmptyState title={tRecord('notAllowed')} />}>
            {props.children}
          </Show>
        )}
      </Match>
    </Switch>
  )
}
