import { useSearchParams } from '@solidjs/router'
import { createSignal, type JSX, Show } from 'solid-js'
import { NATION } from '../../../../hub/contract/vocabulary/areas.ts'
import { useWords } from '../../i18n/language.tsx'
import { DeskPage, useDesk } from '../../pageKit/DeskPage.tsx'
import { FreshnessBanner } from '../../panels/FreshnessBar.tsx'
import { SubjectProvider } from '../../panels/SubjectProvider.tsx'
import { useFreshness } from '../../panels/useFreshness.ts'
import '../../panels/panels.css'
import { pageMay } from '../../session/workplaces.ts'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { FindCase } from '../find/FindCase.tsx'
import { CallList } from './CallList.tsx'
import type { Caller } from './calls.ts'
import { EndedCalls } from './EndedCalls.tsx'
import { LostCall } from './LostCall.tsx'
import './hotline.css'
import { SpokenRequest } from './SpokenRequest.tsx'
import { hotlineWords } from './words.ts'

/** Where an account of the whole nation begins. */
const CAPITAL = '10'

/** `/desk`: calls that wait or are owed, and the request that is written while somebody speaks. */
export default function HotlinePage(): JSX.Element {
  const t = useWords(hotlineWords)
  return (
    <DeskPage title={[t('title')]} may={pageMay('desk')} wide>
      <OfProvince />
    </DeskPage>
  )
}

function OfProvince(): JSX.Element {
  const t = useWords(hotlineWords)
  const session = useDesk()
  const [search] = useSearchParams<{ province?: string }>()
  const [own] = session.areas
  const province = () => search.province ?? (own === undefined || own === NATION ? CAPITAL : own.slice(0, 2))
  return (
    <Show when={province()} keyed>
      {(code) => (
        <SubjectProvider
          area={code}
          also={[`board:${code}`]}
          loading={<PageSkeleton />}
          unknown={<EmptyState title={t('unknown')} />}
        >
          <Desk province={code} />
        </SubjectProvider>
      )}
    </Show>
  )
}

function Desk(props: { province: string }): JSX.Element {
  const t = useWords(hotlineWords)
  const session = useDesk()
  const view = useFreshness()
  const [caller, setCaller] = createSignal<Caller>()
  const [changed, setChanged] = createSignal(0)
  const again = () => setChanged((count) => count + 1)
  return (
    <>
      <FreshnessBanner view={view} />
      <header class="desk-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
      </header>
      <div class="hotline">
        <div class="hotline-calls">
          <CallList province={props.province} begin={setCaller} changed={again} />
          <LostCall province={props.province} />
          <EndedCalls province={props.province} changed={changed()} />
        </div>
        <div class="hotline-speak">
          <section class="desk-card">
            <h2>{t('find')}</h2>
            <FindCase />
          </section>
          <Show when={session.may.includes('case.record')}>
            <SpokenRequest province={props.province} caller={caller()} done={() => setCaller(undefined)} />
          </Show>
        </div>
      </div>
    </>
  )
}
