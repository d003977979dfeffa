import { useSearchParams } from '@solidjs/router'
import { createMemo, createResource, For, type JSX, Show } from 'solid-js'
import { NATION } from '../../../../hub/contract/vocabulary/areas.ts'
import { useWords } from '../../i18n/language.tsx'
import { DeskPage, useDesk } from '../../pageKit/DeskPage.tsx'
import { FreshnessBanner } from '../../panels/FreshnessBar.tsx'
import { SubjectProvider } from '../../panels/SubjectProvider.tsx'
import { useSubject } from '../../panels/subject.tsx'
import { useFreshness } from '../../panels/useFreshness.ts'
import '../../panels/panels.css'
import { areasBelow } from '../../places/areas.ts'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { destinationsOf } from '../case/createDestinations.ts'
import { createTransfers } from '../case/createTransfers.ts'
import './beds.css'
import { STAGES, stagesOf } from './stages.ts'
import { TransferStage } from './TransferStage.tsx'
import { bedsWords } from './words.ts'

/** Where an account of the whole nation begins. */
const CAPITAL = '10'

/** `/beds`: the transfers of a province as a bed coordinator works them: asked for, to accept, on the road. */
export default function BedsPage(): JSX.Element {
  const t = useWords(bedsWords)
  return (
    <DeskPage title={[t('title')]} may={['case.place']} wide>
      <ProvinceTransfers />
    </DeskPage>
  )
}

function ProvinceTransfers(): JSX.Element {
  const t = useWords(bedsWords)
  const session = useDesk()
  const [search] = useSearchParams<{ province?: string }>()
  const [own] = session.areas
  const province = () => search.province ?? (own === undefined || own === NATION ? CAPITAL : own.slice(0, 2))
  const unknown = () => <EmptyState title={t('unknown')} />
  return (
    <Show when={province()} keyed>
      {(code) => (
        <SubjectProvider area={code} also={[`board:${code}`]} loading={<PageSkeleton />} unknown={unknown()}>
          <Stages province={code} />
        </SubjectProvider>
      )}
    </Show>
  )
}

function Stages(props: { province: string }): JSX.Element {
  const t = useWords(bedsWords)
  const session = useDesk()
  const { live, scope } = useSubject()
  const view = useFreshness()
  const board = `board:${props.province}` as const
  // A district's chief asks for that district alone; the live rows are of the province, and only say that something moved.
  const [area = props.province] = session.areas.filter((code) => code.startsWith(props.province))
  const transfers = createTransfers(area, undefined, () => JSON.stringify(live.rows(board, 'transfer')))
  const [districts] = createResource(() => areasBelow(props.province).catch(() => []))
  const destinations = createMemo(() => ({
    list: destinationsOf(live.rows(scope, 'facility'), live.rows(scope, 'beds'), districts.latest ?? []),
  }))
  const stages = createMemo(() => stagesOf(transfers.list() ?? []))
  return (
    <>
      <FreshnessBanner view={view} />
      <header class="desk-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
      </header>
      <Show when={transfers.list() !== undefined} fallback={<PageSkeleton />}>
        <div class="beds-stages">
          <For each={STAGES}>
            {(stage) => (
              <TransferStage
                stage={stage}
                transfers={stages()[stage]}
                destinations={destinations()}
                me={session.account.key}
                go={transfers.go}
              />
            )}
          </For>
        </div>
      </Show>
    </>
  )
}
