import { A } from '@solidjs/router'
import { createMemo, createResource, createSignal, For, type JSX, onMount, Show, Suspense } from 'solid-js'
import { fetchProvinces } from '../../api/areas.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { placeName } from '../../panels/subject.tsx'
import { refreshSession, type SignedIn, sessionState } from '../../session/account.ts'
import { pageWords } from '../../session/pageWords.ts'
import { SiteHead } from '../../session/SiteHead.tsx'
import { workplacesOf } from '../../session/workplaces.ts'
import '../../ui/Button.css'
import { PageError } from '../../ui/PageError.tsx'
import { PageSkeleton, Skeleton } from '../../ui/Skeleton.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { searchProvinces } from './search.ts'
import './StartPage.css'
import { InputField } from '../../forms/InputField.tsx'
import { part } from '../../ui/part.tsx'
import { startWords } from './words.ts'

const OwnAlerts = part(() => import('../../alerts/OwnAlerts.tsx'))

/** What is open to everybody; who has an account comes to these and more through session/workplaces.ts. */
const OPEN_TO_ALL = [
  { href: '/help', title: 'help', text: 'helpText' },
  { href: '/wall', title: 'wall', text: 'wallText' },
  { href: '/wall?rotate=30', title: 'rotating', text: 'rotatingText' },
] as const

/** Cards of the own work, or of what is open to all; nothing before it is known which, so that nothing moves under a finger. */
export default function StartPage(): JSX.Element {
  const t = useWords(startWords)
  const common = useWords(commonWords)
  onMount(() => void refreshSession())
  usePageTitle(() => [common('home')])
  const session = () => {
    const state = sessionState()
    return state.kind === 'in' ? state.session : undefined
  }
  return (
    <main class="start">
      <SiteHead />
      <Show when={sessionState().kind !== 'unknown'} fallback={<PageSkeleton />}>
        <Show when={session()?.may.includes('alerts.read')}>
          <Suspense fallback={<div class="alert-strip-coming" />}>
            <OwnAlerts />
          </Suspense>
        </Show>
        <header class="start-head">
          <h1>{common('app')}</h1>
          <p>{t('lead')}</p>
        </header>
        <Show when={session()} fallback={<OpenCards />}>
          {(who) => <WorkCards session={who()} />}
        </Show>
        <ProvinceList />
      </Show>
    </main>
  )
}

function OpenCards(): JSX.Element {
  const t = useWords(startWords)
  return (
    <ul class="start-entries">
      <For each={OPEN_TO_ALL}>{(entry) => <Card href={entry.href} title={t(entry.title)} text={t(entry.text)} />}</For>
    </ul>
  )
}

function WorkCards(props: { session: SignedIn }): JSX.Element {
  const t = useWords(startWords)
  const page = useWords(pageWords)
  const places = () => workplacesOf(props.session)
  return (
    <Show when={places().length > 0} fallback={<EmptyState title={t('noRole')} text={t('noRoleText')} />}>
      <ul class="start-entries">
        <For each={places()}>
          {(place) => <Card href={place.href} title={page(`name.${place.page}`)} text={page(`text.${place.page}`)} />}
        </For>
      </ul>
    </Show>
  )
}

function Card(props: { href: string; title: string; text: string }): JSX.Element {
  return (
    <li>
      <A href={props.href}>
        <strong>{props.title}</strong>
        <span>{props.text}</span>
      </A>
    </li>
  )
}

function ProvinceList(): JSX.Element {
  const t = useWords(startWords)
  const { language } = useLanguage()
  const [provinces, { refetch }] = createResource(fetchProvinces)
  const [query, setQuery] = createSignal('')
  const found = createMemo(() => {
    if (provinces.error) return []
    return searchProvinces(provinces() ?? [], query(), (province) => placeName(province, language()), language())
  })
  return (
    <section class="start-provinces" aria-labelledby="start-provinces">
      <div class="start-search">
        <h2 id="start-provinces">{t('provinces')}</h2>
        <InputField label={t('search')} type="search" autocomplete="off" onText={setQuery} />
      </div>
      <Show when={!provinces.error} fallback={<PageError error={provinces.error} retry={() => void refetch()} />}>
        <Show when={!provinces.loading} fallback={<Skeleton height="24rem" />}>
          <p class="visually-hidden" role="status">
            {t('found', found().length)}
          </p>
          <Show when={found().length > 0} fallback={<EmptyState title={t('nothing')} />}>
            <ul class="start-list">
              <For each={found()}>
                {(province) => {
                  const name = () => placeName(province, language())
                  return (
                    <li>
                      <A href={`/province/${province.code}`} class="start-province">
                        <span class="start-code">{province.code}</span> {name()}
                      </A>
                      <A href={`/wall/${province.code}`} class="start-wall">
                        {t('wallShort')}
                        <span class="visually-hidden"> {name()}</span>
                      </A>
                    </li>
                  )
                }}
              </For>
            </ul>
          </Show>
        </Show>
      </Show>
    </section>
  )
}
