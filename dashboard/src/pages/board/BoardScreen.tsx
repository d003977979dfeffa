import { A, useNavigate, useSearchParams } from '@solidjs/router'
import {
  createEffect,
  createMemo,
  createResource,
  createSignal,
  For,
  type JSX,
  Match,
  onCleanup,
  Show,
  Suspense,
  Switch,
} from 'solid-js'
import { SubjectAlerts } from '../../alerts/SubjectAlerts.tsx'
import { AwayNote } from '../../cases/AwayNote.tsx'
import {
  type BoardFilter,
  type BoardNeed,
  boardCases,
  filterCases,
  inAreas,
  isUnverified,
  NO_FILTER,
  type Sort,
  sortCases,
} from '../../cases/board.ts'
import { keepBoard, readBoardQuery, writeBoardQuery } from '../../cases/boardQuery.ts'
import { createNeedWork } from '../../cases/createNeedWork.ts'
import { createPlaceNames } from '../../cases/createPlaceNames.ts'
import { createLeaseNotices, useLeaseMs } from '../../cases/leases.ts'
import { UndoBar } from '../../cases/UndoBar.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { createNow } from '../../live/createNow.ts'
import { ExerciseBand, useExercise } from '../../panels/ExerciseBand.tsx'
import { FreshnessBanner, FreshnessBar } from '../../panels/FreshnessBar.tsx'
import { useFollowed } from '../../panels/followed.ts'
import { useFreshness } from '../../panels/useFreshness.ts'
import { locate, metresBetween } from '../../places/location.ts'
import { refreshSession, type SignedIn } from '../../session/account.ts'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/State.tsx'
import './BoardScreen.css'
import { part } from '../../ui/part.tsx'
import { BoardFilters, type BoardView } from './BoardFilters.tsx'
import { BoardHead } from './BoardHead.tsx'
import { BoardList } from './BoardList.tsx'
import { boardWords } from './words.ts'

const CommandStrip = part(async () => ({ default: (await import('../../panels/CommandStrip.tsx')).CommandStrip }))
const BoardResources = part(async () => ({
  default: (await import('../resources/BoardResources.tsx')).BoardResources,
}))
const MyDay = part(async () => ({ default: (await import('./MyDay.tsx')).MyDay }))
const BoardMap = part(async () => ({ default: (await import('./BoardMap.tsx')).BoardMap }))

const TABS = ['cases', 'resources', 'today'] as const
type Tab = (typeof TABS)[number]

/** Waiting times are shown in minutes, leases in seconds. */
const LOOK_EVERY_MS = 1_000

export function BoardScreen(props: { session: SignedIn; province: string }): JSX.Element {
  const t = useWords(boardWords)
  const subject = useFollowed()
  const exercise = useExercise()
  const freshness = useFreshness()
  const tick = createNow(LOOK_EVERY_MS)
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const [query, setQuery] = createSignal(readBoardQuery(params))
  const filter = () => query().filter
  const change = (next: { filter?: BoardFilter; sort?: Sort }) => {
    setQuery({ ...query(), ...next })
    setParams(writeBoardQuery(query()), { replace: true, scroll: false })
    keepBoard(location.search, query())
  }
  const setFilter = (next: BoardFilter) => change({ filter: next })
  keepBoard(location.search, query())
  const here = createHere(() => query().sort === 'distance')

  const now = createMemo(() => tick() + (subject.live.status().offsetMs ?? 0))
  const cases = createMemo(() =>
    boardCases(subject.live.rows(subject.scope, 'case'), subject.live.rows(subject.scope, 'need')),
  )
  const needs = createMemo<ReadonlyMap<number, BoardNeed>>(
    () => new Map(cases().flatMap((one) => one.needs.map((need) => [need.id, need] as const))),
  )
  const districts = createMemo(() => new Set(cases().map(({ district }) => district)), undefined, {
    equals: (a, b) => a.size === b.size && [...a].every((district) => b.has(district)),
  })
  const places = createPlaceNames(props.province, districts)
  const me = () => props.session.account.key
  // The last need is done: the case's page asks how it ended, before anybody forgets.
  const work = createNeedWork(
    needs,
    me,
    () => freshness.state().kind === 'offline',
    ({ id, caseId }) => {
      if (
        cases()
          .find((one) => one.id === caseId)
          ?.needs.every((need) => need.id === id) !== false
      ) {
        navigate(`/case/${caseId}?done=1`)
      }
    },
  )
  createLeaseNotices(cases, me, now, (need) => void work.act(need, 'heartbeat'))
  const leaseMs = useLeaseMs()
  const filterView = () => ({
    // Only what is late depends on the time; a clock that ticks would filter thousands of cases each second.
    now: filter().show === 'late' ? now() : 0,
    leaseMs: leaseMs(),
    me: me(),
    areas: props.session.areas,
    placeText: places.text,
  })
  const own = createMemo(() => cases().filter(({ place }) => inAreas(props.session.areas, place)))
  const unverified = createMemo(() => own().filter(isUnverified).length)
  const mapped = createMemo(() => filterCases(own(), { ...filter(), area: null }, filterView()))
  const shown = createMemo(() => {
    const { area } = filter()
    const point = here.point()
    const metresTo = (place: string) => {
      const there = places.point(place)
      return point && there && metresBetween(point, there)
    }
    const within = area === null ? mapped() : mapped().filter(({ place }) => place.startsWith(area))
    return sortCases(within, query().sort, point && metresTo)
  })
  const [view, setView] = createSignal<BoardView>('list')
  const isWide = createWide()
  const { format } = useLanguage()
  const mayClaim = () => props.session.may.includes('case.claim')
  const shownTabs = () => TABS.filter((each) => each !== 'today' || mayClaim())
  const tab = () => shownTabs().find((each) => each === params.tab) ?? TABS[0]
  const setTab = (next: Tab) =>
    setParams({ tab: next === TABS[0] ? undefined : next }, { replace: true, scroll: false })
  const held = () => [...needs().values()].filter(({ holderKey }) => holderKey === me())
  const asked = createMemo(
    () =>
      subject.live
        .rows(subject.scope, 'resource')
        .filter(({ place, status }) => status === 'open' && inAreas(props.session.areas, place.slice(0, 4))).length,
  )
  const root = () => {
    const [only, other] = props.session.areas
    return only !== undefined && only.length >= 4 && other === undefined ? only.slice(0, 4) : props.province
  }
  const chooseArea = (area: string | null) => {
    setFilter({ ...filter(), area })
    if (area?.length === 6) setView('list')
  }

  const denied = () => subject.live.status().denied !== null
  const stopped = () => subject.live.status().connection.kind === 'stopped'
  // A link that ends for good may mean that the session has: the guard then leads to the sign-in page.
  createEffect(() => {
    if (stopped()) void refreshSession()
  })

  return (
    <main class="board" data-exercise={exercise()} data-freshness={freshness.state().kind}>
      <div class="board-top">
        <Show when={!denied()}>
          <FreshnessBanner view={freshness} />
          <AwayNote work={work} />
        </Show>
        <BoardHead session={props.session} province={props.province} />
        <SubjectAlerts />
        <Suspense>
          <CommandStrip place="boards" now={now()} />
        </Suspense>
        <Show when={!denied()}>
          <nav class="board-tabs" aria-label={t('tab.label')}>
            <For each={shownTabs()}>
              {(each) => (
                <button type="button" aria-pressed={tab() === each} onClick={() => setTab(each)}>
                  {t(`tab.${each}`)}
                  <Show when={each === 'resources' && asked() > 0}> ({format().number(asked())})</Show>
                </button>
              )}
            </For>
          </nav>
        </Show>
        <Show when={!denied() && tab() === 'cases'}>
          <BoardFilters
            filter={filter()}
            change={setFilter}
            sort={query().sort}
            setSort={(sort) => change({ sort })}
            sortProblem={here.problem()}
            shown={shown().length}
            all={subject.loaded() ? own().length : undefined}
            unverified={unverified()}
            places={places}
            view={view()}
            setView={setView}
          />
        </Show>
      </div>
      <Switch fallback={<BoardWaiting />}>
        <Match when={denied()}>
          <ErrorState
            title={t('refused')}
            text={t('refusedText')}
            action={
              <A class="button button-plain" href="/board">
                {t('ownBoard')}
              </A>
            }
          />
        </Match>
        <Match when={subject.loaded() && tab() === 'resources'}>
          <Suspense fallback={<Skeleton height="12rem" />}>
            <BoardResources session={props.session} province={props.province} now={now()} />
          </Suspense>
        </Match>
        <Match when={subject.loaded() && tab() === 'today'}>
          <Suspense fallback={<Skeleton height="12rem" />}>
            <MyDay held={held()} now={now()} />
          </Suspense>
        </Match>
        <Match when={subject.loaded() && own().length === 0}>
          <EmptyState title={t('empty')} text={t('emptyText')} />
        </Match>
        <Match when={subject.loaded()}>
          <div class="board-body" classList={{ 'board-body-both': isWide() }}>
            <Show when={isWide() || view() === 'list'}>
              <Show
                when={shown().length > 0}
                fallback={
                  <Show
                    when={filter().show === 'all' && unverified() > 0}
                    fallback={<NothingFound clear={() => setFilter(NO_FILTER)} />}
                  >
                    <EmptyState
                      title={t('onlyUnverified')}
                      action={
                        <Button onClick={() => setFilter({ ...NO_FILTER, show: 'unverified' })}>
                          {t('show.unverified')} ({format().number(unverified())})
                        </Button>
                      }
                    />
                  </Show>
                }
              >
                <BoardList cases={shown()} now={now()} me={me()} mayClaim={mayClaim()} places={places} work={work} />
              </Show>
            </Show>
            <Show when={isWide() || view() === 'map'}>
              <Suspense fallback={<Skeleton height="100%" />}>
                <BoardMap cases={mapped()} root={root()} area={filter().area} choose={chooseArea} />
              </Suspense>
            </Show>
          </div>
        </Match>
      </Switch>
      <div class="board-bottom">
        <ExerciseBand />
        <Show when={!denied()}>
          <FreshnessBar view={freshness} />
        </Show>
      </div>
      <UndoBar />
    </main>
  )
}

/** Where this device is, asked for once and kept in the page alone, when an order wants it. */
function createHere(wanted: () => boolean) {
  const [found] = createResource(() => wanted() || undefined, locate)
  return {
    point: () => {
      const at = wanted() ? found() : undefined
      return at?.ok ? at.point : undefined
    },
    problem: () => {
      const at = wanted() ? found() : undefined
      return at !== undefined && !at.ok ? at.why : undefined
    },
  }
}

/** Room for a list beside the map, as BoardMap.css lays them out. */
function createWide(): () => boolean {
  const query = matchMedia('(min-width: 1100px)')
  const [isWide, setWide] = createSignal(query.matches)
  const change = () => setWide(query.matches)
  query.addEventListener('change', change)
  onCleanup(() => query.removeEventListener('change', change))
  return isWide
}

function NothingFound(props: { clear(): void }): JSX.Element {
  const t = useWords(boardWords)
  return (
    <EmptyState
      title={t('nothing')}
      text={t('nothingText')}
      action={<Button onClick={() => props.clear()}>{t('clear')}</Button>}
    />
  )
}

function BoardWaiting(): JSX.Element {
  const t = useWords(boardWords)
  return (
    <div class="board-waiting" role="status" aria-label={t('waiting')}>
      <For each={[0, 1, 2, 3, 4]}>{() => <Skeleton height="6rem" />}</For>
    </div>
  )
}
