import { A } from '@solidjs/router'
import { createMemo, createResource, createSignal, For, type JSX, onMount, Show } from 'solid-js'
import { fetchProvinces } from '../../api/areas.ts'
import { commonWords } from '../../i18n/common.ts'
import { LanguageSwitch } from '../../i18n/LanguageSwitch.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { placeName } from '../../panels/subject.tsx'
import { AccountMenu } from '../../session/AccountMenu.tsx'
import { refreshSession, sessionState } from '../../session/account.ts'
import { sessionWords } from '../../session/words.ts'
import '../../ui/Button.css'
import { Field } from '../../ui/Field.tsx'
import { PageError } from '../../ui/PageError.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { searchProvinces } from './search.ts'
import './StartPage.css'
import { startWords } from './words.ts'

/** The ways into the rooms; `may`: only for those whom the hub would let in. */
const ENTRIES = [
  { href: '/board', title: 'board', text: 'boardText', may: 'case.claim' },
  { href: '/beds', title: 'beds', text: 'bedsText', may: 'case.place' },
  { href: '/record', title: 'record', text: 'recordText', may: 'case.record' },
  { href: '/help', title: 'help', text: 'helpText' },
  { href: '/wall', title: 'wall', text: 'wallText' },
  { href: '/wall?rotate=30', title: 'rotating', text: 'rotatingText' },
] as const

export default function StartPage(): JSX.Element {
  const t = useWords(startWords)
  const common = useWords(commonWords)
  const session = useWords(sessionWords)
  onMount(() => void refreshSession())
  const entries = () => {
    const state = sessionState()
    const may = state.kind === 'in' ? state.session.may : []
    return ENTRIES.filter((entry) => !('may' in entry) || may.includes(entry.may))
  }
  return (
    <main class="start">
      <header class="start-head">
        <div>
          <h1>{common('app')}</h1>
          <p>{t('lead')}</p>
        </div>
        <LanguageSwitch />
        <AccountMenu />
        <Show when={sessionState().kind === 'out'}>
          <A href="/sign-in" class="button">
            {session('signIn')}
          </A>
        </Show>
      </header>
      <ul class="start-entries">
        <For each={entries()}>
          {(entry) => (
            <li>
              <A href={entry.href}>
                <strong>{t(entry.title)}</strong>
                <span>{t(entry.text)}</span>
              </A>
            </li>
          )}
        </For>
      </ul>
      <ProvinceList />
    </main>
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
        <Field label={t('search')}>
          {(aria) => (
            <input
              {...aria}
              type="search"
              autocomplete="off"
              onInput={(event) => setQuery(event.currentTarget.value)}
            />
          )}
        </Field>
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
                      <A href={`/wall/${province.code}`} class="start-wall" aria-label={t('wallOf', name())}>
                        {t('wallShort')}
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
