import { Tabs } from '@kobalte/core/tabs'
import { useSearchParams } from '@solidjs/router'
import { createMemo, createResource, For, type JSX, Show } from 'solid-js'
import { ProvinceDesk } from '../../cases/ProvinceDesk.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { DeskPage, useDesk } from '../../pageKit/DeskPage.tsx'
import { FreshnessBanner } from '../../panels/FreshnessBar.tsx'
import { useSubject } from '../../panels/subject.tsx'
import { useFreshness } from '../../panels/useFreshness.ts'
import '../../panels/panels.css'
import { areasBelow } from '../../places/areas.ts'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { destinationsOf } from '../case/createDestinations.ts'
import { createTransfers } from '../case/createTransfers.ts'
import './beds.css'
import { createElsewhere } from './elsewhere.ts'
import { Reconciliations } from './Reconciliations.tsx'
import { STAGES, stagesOf, TABS, type Tab, waitingOf } from './stages.ts'
import { TransferStage } from './TransferStage.tsx'
import { WaitingList } from './WaitingList.tsx'
import { bedsWords } from './words.ts'

/** `/beds`: who of a province waits for a place, and the transfers as a bed coordinator works them. */
export default function BedsPage(): JSX.Element {
  const t = useWords(bedsWords)
  return (
    <DeskPage title={[t('title')]} may={['case.place']} wide>
      <ProvinceDesk unknown={t('unknown')}>{(code) => <Stages province={code} />}</ProvinceDesk>
    </DeskPage>
  )
}

function Stages(props: { province: string }): JSX.Element {
  const t = useWords(bedsWords)
  const { format } = useLanguage()
  const session = useDesk()
  const { live, scope } = useSubject()
  const view = useFreshness()
  const board = `board:${props.province}` as const
  // A district's chief asks for that district alone; the live rows are of the province, and only say that something moved.
  const [area = props.province] = session.areas.filter((code) => code.startsWith(props.province))
  const moving = createMemo(() => live.rows(board, 'transfer'))
  const moved = () => JSON.stringify(moving())
  const transfers = createTransfers(area, undefined, moved)
  const refusals = createTransfers(area, undefined, moved, 'refused')
  const refused = createMemo(() => new Map((refusals.list() ?? []).map((one) => [one.caseId, one])))
  const [districts] = createResource(() => areasBelow(props.province).catch(() => []))
  const destinations = createMemo(() => ({
    list: destinationsOf(
      live.rows(scope, 'facility'),
      live.rows(scope, 'beds'),
      districts.latest ?? [],
      moving(),
      live.rows(scope, 'unit'),
    ),
  }))
  // A governor watches; what is to be done is done by the coordination.
  const watches = session.role === 'governor'
  const listed = () => (transfers.list() ?? []).map((one) => (watches ? { ...one, steps: [] } : one))
  const stages = createMemo(() => stagesOf(listed(), props.province))
  const elsewhere = createElsewhere(area)
  const waiting = createMemo(() =>
    waitingOf({ cases: live.rows(board, 'case'), needs: live.rows(board, 'need'), transfers: moving() }, area),
  )
  const count = (each: Tab) => (each === 'waiting' ? waiting() : stages()[each]).length
  const [search, setSearch] = useSearchParams<{ tab?: string }>()
  const tab = () => TABS.find((each) => each === search.tab) ?? 'waiting'
  return (
    <>
      <FreshnessBanner view={view} />
      <header class="desk-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
      </header>
      <Show when={transfers.list() !== undefined && live.scope(board).loaded} fallback={<PageSkeleton />}>
        <Reconciliations
          rows={live.rows(scope, 'reconciliation')}
          destinations={destinations()}
          decides={session.may.includes('bed.reconcile')}
        />
        <Tabs value={tab()} onChange={(next) => setSearch({ tab: next }, { replace: true })}>
          <Tabs.List class="beds-tabs" aria-label={t('tabs')}>
            <For each={TABS}>
              {(each) => (
                <Tabs.Trigger value={each} data-tab={each} data-count={count(each)}>
                  {t(`tab.${each}`)} <span class="beds-count">{format().number(count(each))}</span>
                </Tabs.Trigger>
              )}
            </For>
          </Tabs.List>
          <Tabs.Content value="waiting" class="beds-stage" data-stage="waiting">
            <WaitingList
              area={area}
              waiting={waiting()}
              refused={refused()}
              destinations={destinations()}
              elsewhere={elsewhere()}
              places={session.may.includes('case.place') && !watches}
              hears={session.may.includes('case.complaint') && !watches}
            />
          </Tabs.Content>
          <For each={STAGES}>
            {(stage) => (
              <Tabs.Content value={stage} class="beds-stage" data-stage={stage}>
                <TransferStage
                  stage={stage}
                  transfers={stages()[stage]}
                  destinations={destinations()}
                  elsewhere={elsewhere()}
                  me={session.account.key}
                  go={transfers.go}
                />
              </Tabs.Content>
            )}
          </For>
        </Tabs>
      </Show>
    </>
  )
}
