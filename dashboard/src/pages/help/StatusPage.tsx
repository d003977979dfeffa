import { useLocation, useSearchParams } from '@solidjs/router'
import { For, type JSX, Match, Show, Suspense, Switch } from 'solid-js'
import { LANGUAGES } from '../../../../hub/contract/vocabulary/languages.ts'
import type { HelpStatus } from '../../api/help.ts'
import { deviceNow } from '../../clock.ts'
import { CallFoot } from '../../forms/Emergency.tsx'
import { FormPage, StepHeading } from '../../forms/FormPage.tsx'
import { caseWords } from '../../i18n/caseWords.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { placeOfCode } from '../../places/place.ts'
import { part } from '../../ui/part.tsx'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { CancelRequest } from './CancelRequest.tsx'
import { createFollow } from './createFollow.ts'
import { hasEnded } from './follow.ts'
import { statusWords } from './statusWords.ts'
import './help.css'
import { MoreForm } from './MoreForm.tsx'
import { OwnCheck } from './OwnCheck.tsx'
import { PhoneCheck } from './PhoneCheck.tsx'
import { needWord, type ProgressStep, progressOf } from './progress.ts'
import { CodeEntry } from './StartScreen.tsx'
import { TrackingCode } from './TrackingCode.tsx'
import { readTrackingCode } from './trackingCode.ts'

const NearYou = part(() => import('./NearYou.tsx'))
const MyData = part(() => import('./MyData.tsx'))

/** What became of a request: for whoever has its code, without an account and without personal data. */
export default function StatusPage(): JSX.Element {
  const t = useWords(statusWords)
  const { language, format } = useLanguage()
  const location = useLocation()
  const [search] = useSearchParams()
  usePageTitle(() => [t('title')])
  /** What stands behind the hash; '' when that is no code. */
  const code = () => readTrackingCode(decoded(location.hash.slice(1))) ?? ''
  const follow = createFollow(code, language)
  const fresh = () => search.new === '1'
  const tooOften = () => {
    const look = follow.look()
    return look?.kind === 'too_often' ? look.seconds : undefined
  }
  const open = () => {
    const status = follow.status()
    return status && !hasEnded(status) ? status : undefined
  }
  return (
    <FormPage languages={LANGUAGES} foot={<CallFoot />}>
      <Switch fallback={<PageSkeleton />}>
        <Match when={follow.look()?.kind === 'unknown'}>
          <div role="alert">
            <StepHeading lead={t('unknownText')}>{t('unknown')}</StepHeading>
          </div>
          <CodeEntry />
        </Match>
        <Match when={follow.status()}>
          {(status) => (
            <>
              <StepHeading>{fresh() ? t('fresh') : t('title')}</StepHeading>
              <Show when={fresh()}>
                <TrackingCode code={code()} />
              </Show>
              <Show when={!open()}>
                <p class="form-card help-ended">{status().state === 'cancelled' ? t('cancelled') : t('ended')}</p>
              </Show>
              <Show when={status().state === 'cancelling'}>
                <p class="form-card help-ended">{t('takenBack')}</p>
              </Show>
              <Show when={open() && status().phone === 'unchecked'}>
                <p class="form-muted">{t('unchecked')}</p>
              </Show>
              <Show when={open() && ['unverified', 'verified'].includes(status().phone)}>
                <PhoneCheck code={code()} status={status()} onStatus={follow.set} />
              </Show>
              <ProgressList status={status()} />
              <NeedList status={status()} />
              <Show when={open()?.check}>
                {(check) => <OwnCheck code={code()} lastAt={check().lastAt} onStatus={follow.set} />}
              </Show>
              <Show when={open()}>
                <Suspense>
                  <NearYou place={placeOfCode(status().place)} />
                </Suspense>
              </Show>
              <p class="form-muted" role="status">
                {follow.look()?.kind === 'lost' ? t('lost') : ''}
                {follow.look()?.kind === 'there' && open() ? t('updated', format().clock(follow.seenAt())) : ''}
                {tooOften() === undefined ? '' : t('tooOften', tooOften() ?? 0)}
              </p>
              <Show when={open()}>
                <MoreForm code={code()} status={status()} onStatus={follow.set} />
              </Show>
              <Show when={!fresh()}>
                <TrackingCode code={code()} />
              </Show>
              <OpenedList status={status()} />
              <Suspense>
                <MyData code={code()} onChange={() => follow.lookNow()} />
              </Suspense>
              <Show when={open() && status().state !== 'cancelling'}>
                <CancelRequest code={code()} takeBack={status().takeBack} onStatus={follow.set} />
              </Show>
            </>
          )}
        </Match>
        <Match when={tooOften()}>{(seconds) => <p role="alert">{t('tooOften', seconds())}</p>}</Match>
        <Match when={follow.look()?.kind === 'lost'}>
          <p class="form-card" role="alert">
            {t('lost')}
          </p>
        </Match>
      </Switch>
    </FormPage>
  )
}

function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash)
  } catch {
    return ''
  }
}

function ProgressList(props: { status: HelpStatus }): JSX.Element {
  const t = useWords(statusWords)
  const { format, language } = useLanguage()
  const text = (step: ProgressStep) => {
    const where = props.status.bed?.[language() === 'th' ? 'nameTh' : 'nameEn']
    return step === 'bedFound' && where ? t('steps.bedFoundAt', where) : t(`steps.${step}`)
  }
  return (
    <ol class="help-steps" aria-live="polite">
      <For each={progressOf(props.status)}>
        {(progress) => (
          <li class="help-steps-line" data-done={progress.done ? '' : undefined}>
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <circle cx="12" cy="12" r="10" />
              <Show when={progress.done}>
                <path d="M7 12.5l3.5 3.5L17 8.5" />
              </Show>
            </svg>
            <span>{text(progress.step)}</span>
            <Show when={progress.at}>{(at) => <time>{format().moment(at(), deviceNow())}</time>}</Show>
          </li>
        )}
      </For>
    </ol>
  )
}

/** Who has looked at the person's data, and how often: by kinds of roles. */
function OpenedList(props: { status: HelpStatus }): JSX.Element {
  const t = useWords(statusWords)
  return (
    <section class="form-card">
      <h2>{t('opened')}</h2>
      <ul class="help-needs">
        <For each={props.status.opened} fallback={<li class="help-opened">{t('openedNone')}</li>}>
          {({ by, times }) => (
            <li class="help-opened">
              <b>{t(`openers.${by}`)}</b>
              <span>{t('times', times)}</span>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}

function NeedList(props: { status: HelpStatus }): JSX.Element {
  const t = useWords(statusWords)
  const tCase = useWords(caseWords)
  const { format } = useLanguage()
  return (
    <section class="form-card">
      <h2>{t('needs')}</h2>
      <ul class="help-needs">
        <For each={props.status.needs}>
          {(need) => (
            <li class="help-need">
              <b>{tCase(`need.${need.kind}`)}</b>
              <span>{t(`need.${needWord(need)}`, need.holder ?? t('somebody'))}</span>
              <small>{t('since', format().moment(need.since, deviceNow()))}</small>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
