import { createSignal, type JSX, Show } from 'solid-js'
import { ProvinceDesk } from '../../cases/ProvinceDesk.tsx'
import { UndoBar } from '../../cases/UndoBar.tsx'
import { useWords } from '../../i18n/language.tsx'
import { DeskPage, useDesk } from '../../pageKit/DeskPage.tsx'
import { FreshnessBanner } from '../../panels/FreshnessBar.tsx'
import { useFreshness } from '../../panels/useFreshness.ts'
import '../../panels/panels.css'
import { pageMay } from '../../session/workplaces.ts'
import { FindCase } from '../find/FindCase.tsx'
import { CallList } from './CallList.tsx'
import type { Caller } from './calls.ts'
import { EndedCalls } from './EndedCalls.tsx'
import { LostCall } from './LostCall.tsx'
import './hotline.css'
import { SpokenRequest } from './SpokenRequest.tsx'
import { Unverified } from './Unverified.tsx'
import { hotlineWords } from './words.ts'

/** `/desk`: calls that wait or are owed, and the request that is written while somebody speaks. */
export default function HotlinePage(): JSX.Element {
  const t = useWords(hotlineWords)
  return (
    <DeskPage title={[t('title')]} may={pageMay('desk')} wide>
      <ProvinceDesk unknown={t('unknown')}>{(code) => <Desk province={code} />}</ProvinceDesk>
    </DeskPage>
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
          <Unverified province={props.province} />
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
      <UndoBar />
    </>
  )
}
