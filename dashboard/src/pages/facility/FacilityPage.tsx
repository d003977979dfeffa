import { A, useParams, useSearchParams } from '@solidjs/router'
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  type JSX,
  Match,
  onCleanup,
  onMount,
  Show,
  Switch,
} from 'solid-js'
import { isScope, type Scope } from '../../../../hub/contract/live/scopes.ts'
import type { FacilityKind } from '../../../../hub/contract/vocabulary/facilities.ts'
import { screenNow } from '../../clock.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { keepFacility, keptFacility } from '../../offline/facility.ts'
import { installFacilityOffline } from '../../offline/install.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { DeskPage, useDesk } from '../../pageKit/DeskPage.tsx'
import { covers, provincesOf } from '../../pageKit/session.ts'
import { FreshnessBanner } from '../../panels/FreshnessBar.tsx'
import { SubjectProvider } from '../../panels/SubjectProvider.tsx'
import { placeName, useSubject } from '../../panels/subject.tsx'
import { useFreshness } from '../../panels/useFreshness.ts'
import '../../panels/panels.css'
import { refreshSession, type SignedIn, sessionState } from '../../session/account.ts'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { FacilityResources } from '../resources/FacilityResources.tsx'
import { BedForm } from './BedForm.tsx'
import { DoseForm } from './DoseForm.tsx'
import { DueNote } from './DueNote.tsx'
import './facility.css'
import { FacilityTabs } from './FacilityTabs.tsx'
import { Incoming } from './Incoming.tsx'
import { KeptFacilityPage } from './KeptFacilityPage.tsx'
import { PlanForm } from './PlanForm.tsx'
import { QueuedReports, ReportQueueProvider } from './ReportQueue.tsx'
import { RoundForm } from './RoundForm.tsx'
import { StockForm } from './StockForm.tsx'
import { TestForm } from './TestForm.tsx'
import { useTab } from './tabs.ts'
import { facilityWords } from './words.ts'

export const FACILITY_ACTIONS = ['facility.report', 'stock.report', 'vaccination.report'] as const
/**
 * A facility reports its beds, doses and tests, beside what the walls show of it now. Opened without a network it shows what
 * was last known here, and the reports wait on the phone.
 */
export default function FacilityPage(): JSX.Element {
  const t = useWords(facilityWords)
  const params = useParams<{ id: string }>()
  const kept = () => keptFacility(() => localStorage, params.id)
  onMount(installFacilityOffline)
  return (
    <DeskPage title={[t('mine')]} may={FACILITY_ACTIONS} kept={() => kept()?.session}>
      <ReportQueueProvider>
        <QueuedReports />
        <Show when={!window.isSecureContext}>
          <p class="desk-muted">{t('kept.plainHttp')}</p>
        </Show>
        <Show when={params.id} keyed>
          {(id) => <LiveOrKept id={id} />}
        </Show>
      </ReportQueueProvider>
    </DeskPage>
  )
}

/** What was typed without a network stays under the thumb when it comes back: somebody presses to leave it. */
function LiveOrKept(props: { id: string }): JSX.Element {
  const opened = sessionState().kind === 'failed' ? keptFacility(() => localStorage, props.id) : null
  const [kept, setKept] = createSignal(opened)
  if (opened) {
    const look = () => void refreshSession()
    window.addEventListener('online', look)
    onCleanup(() => window.removeEventListener('online', look))
  }
  return (
    <Show when={kept()} fallback={<OneFacility />}>
      {(known) => <KeptFacilityPage kept={known()} isBack={sessionState().kind === 'in'} leave={() => setKept(null)} />}
    </Show>
  )
}

function OneFacility(): JSX.Element {
  const t = useWords(facilityWords)
  const session = useDesk()
  const params = useParams<{ id: string }>()
  const [search] = useSearchParams<{ province?: string }>()
  const province = () => search.province ?? provincesOf(session.areas)[0] ?? ''
  const incoming = (): readonly Scope[] =>
    session.may.includes('transfer.read') && isScope(`facility:${params.id}`) ? [`facility:${params.id}`] : []
  const unknown = () => <EmptyState title={t('unknown')} text={t('unknownText')} action={<AllLink />} />
  return (
    <Show when={province()} keyed fallback={unknown()}>
      {(code) => (
        <SubjectProvider area={code} also={incoming()} loading={<PageSkeleton />} unknown={unknown()}>
          <Reports id={params.id} unknown={unknown()} />
        </SubjectProvider>
      )}
    </Show>
  )
}

/** Staff of a facility report for it alone; offices for all in their area. The hub checks it again. */
export function reportsFor(session: SignedIn, id: string, district: string): boolean {
  return session.facility === null ? covers(session.areas, district) : String(session.facility) === id
}

function Reports(props: { id: string; unknown: JSX.Element }): JSX.Element {
  const t = useWords(facilityWords)
  const { language, format } = useLanguage()
  const session = useDesk()
  const { live, scope, today, loaded } = useSubject()
  const view = useFreshness()
  const facility = createMemo(() => {
    const row = live.rows(scope, 'facility').find(({ id }) => id === props.id)
    return row && reportsFor(session, row.id, row.district) ? row : undefined
  })
  const beds = createMemo(() => live.rows(scope, 'beds').filter((row) => String(row.facility) === props.id))
  const counts = createMemo(() => live.rows(scope, 'reconciliation').filter((row) => String(row.facility) === props.id))
  const units = createMemo(() => live.rows(scope, 'unit').filter((row) => String(row.facility) === props.id))
  const stock = createMemo(() => live.rows(scope, 'stock').filter((row) => String(row.facility) === props.id))
  const [chosen, choose, tabs] = useTab(session)
  createEffect(() => {
    const [row, day] = [facility(), today()]
    if (row === undefined || day === undefined || !loaded()) return
    const known = { facility: row, beds: beds(), units: units(), stock: stock(), day, at: screenNow() }
    keepFacility(() => localStorage, session, known)
  })
  usePageTitle(() => {
    const row = facility()
    return [t(`tab.${chosen()}`), row && placeName(row, language())]
  })
  return (
    <Switch fallback={<PageSkeleton />}>
      <Match when={facility()}>
        {(row) => (
          <>
            <FreshnessBanner view={view} />
            <header class="desk-head">
              <div>
                <h1>{placeName(row(), language())}</h1>
                <p>
                  <Kind kind={row().kind} /> · <AreaName code={row().district} />
                  <Show when={today()}>{(day) => <> · {t('today', format().day(day()))}</>}</Show>
                </p>
              </div>
              <div class="desk-buttons">
                <Show when={session.may.includes('facility.desk')}>
                  <A href={`/facilities/${props.id}`}>{t('desk')}</A>
                </Show>
                <AllLink />
              </div>
            </header>
            <DueNote facility={row()} beds={beds()} stock={stock()} />
            <Show when={session.may.includes('transfer.read')}>
              <Incoming id={props.id} district={row().district} />
            </Show>
            <FacilityTabs tabs={tabs} chosen={chosen()} choose={choose} />
            <Show when={today()} keyed>
              {(day) => (
                <Switch>
                  <Match when={chosen() === 'beds'}>
                    <For each={counts()}>
                      {({ level, occupied, known }) => (
                        <p class="desk-problem" role="status" data-count={level}>
                          {t('beds.waits', level, format().number(occupied), format().number(known))}
                        </p>
                      )}
                    </For>
                    <BedForm facility={props.id} name={placeName(row(), language())} rows={beds()} units={units()} />
                  </Match>
                  <Match when={chosen() === 'doses'}>
                    <DoseForm facility={props.id} name={placeName(row(), language())} today={day} />
                  </Match>
                  <Match when={chosen() === 'stock'}>
                    <StockForm facility={props.id} name={placeName(row(), language())} rows={stock()} />
                  </Match>
                  <Match when={chosen() === 'tests'}>
                    <TestForm
                      facility={props.id}
                      name={placeName(row(), language())}
                      district={row().district}
                      today={day}
                    />
                  </Match>
                  <Match when={chosen() === 'rounds'}>
                    <RoundForm district={row().district} today={day} />
                  </Match>
                  <Match when={chosen() === 'resources'}>
                    <FacilityResources facility={props.id} name={placeName(row(), language())} />
                  </Match>
                  <Match when={chosen() === 'plan'}>
                    <PlanForm facility={props.id} today={day} />
                  </Match>
                </Switch>
              )}
            </Show>
          </>
        )}
      </Match>
      <Match when={loaded()}>{props.unknown}</Match>
    </Switch>
  )
}

export function Kind(props: { kind: FacilityKind }): JSX.Element {
  const t = useWords(facilityWords)
  return <>{t(`kind.${props.kind}`)}</>
}

function AllLink(): JSX.Element {
  const t = useWords(facilityWords)
  return <A href="/facility">{t('all')}</A>
}
