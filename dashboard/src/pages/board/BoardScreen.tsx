import { A, useNavigate } from '@solidjs/router'
import { createEffect, createMemo, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { NATION } from '../../../../hub/wire/areas.ts'
import { type BoardNeed, boardCases, filterCases, NO_FILTER } from '../../cases/board.ts'
import { createNeedWork } from '../../cases/createNeedWork.ts'
import { createPlaceNames } from '../../cases/createPlaceNames.ts'
import { UndoBar } from '../../cases/UndoBar.tsx'
import { commonWords } from '../../i18n/common.ts'
import { LanguageSwitch } from '../../i18n/LanguageSwitch.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { createNow } from '../../live/createNow.ts'
import { ExerciseBand, useExercise } from '../../panels/ExerciseBand.tsx'
import { FreshnessBanner, FreshnessBar } from '../../panels/FreshnessBar.tsx'
import { placeName, useSubject } from '../../panels/subject.tsx'
import { useFreshness } from '../../panels/useFreshness.ts'
import { AccountMenu } from '../../session/AccountMenu.tsx'
import { refreshSession, type SignedIn } from '../../session/account.ts'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/State.tsx'
import './BoardScreen.css'
import { BoardFilters } from './BoardFilters.tsx'
import { BoardList } from './BoardList.tsx'
import { boardWords } from './words.ts'

/** Waiting times are shown in minutes, leases in seconds. */
const LOOK_EVERY_MS = 1_000

export function BoardScreen(props: { session: SignedIn; province: string }): JSX.Element {
  const t = useWords(boardWords)
  const subject = useSubject()
  const exercise = useExercise()
  const view = useFreshness()
  const tick = createNow(LOOK_EVERY_MS)
  const [filter, setFilter] = createSignal(NO_FILTER)

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
  const work = createNeedWork(needs, me)
  const filterView = () => ({ now: now(), me: me(), areas: props.session.areas, placeText: places.text })
  const own = createMemo(() => filterCases(cases(), NO_FILTER, filterView()))
  const shown = createMemo(() => filterCases(own(), filter(), filterView()))

  const denied = () => subject.live.status().denied !== null
  const stopped = () => subject.live.status().connection.kind === 'stopped'
  // A link that ends for good may mean that the session has: the guard then leads to the sign-in page.
  createEffect(() => {
    if (stopped() || denied()) void refreshSession()
  })

  return (
    <main class="board" data-exercise={exercise()} data-freshness={view.state().kind}>
      <div class="board-top">
        <ExerciseBand />
        <FreshnessBanner view={view} />
        <BoardHead session={props.session} province={props.province} />
        <BoardFilters filter={filter()} change={setFilter} shown={shown().length} all={own().length} />
      </div>
      <Switch fallback={<BoardWaiting />}>
        <Match when={denied()}>
          <ErrorState title={t('refused')} text={t('refusedText')} />
        </Match>
        <Match when={subject.loaded() && own().length === 0}>
          <EmptyState title={t('empty')} text={t('emptyText')} />
        </Match>
        <Match when={subject.loaded() && shown().length === 0}>
          <EmptyState
            title={t('nothing')}
            text={t('nothingText')}
            action={<Button onClick={() => setFilter(NO_FILTER)}>{t('clear')}</Button>}
          />
        </Match>
        <Match when={subject.loaded()}>
          <BoardList
            cases={shown()}
            now={now()}
            me={me()}
            mayClaim={props.session.may.includes('case.claim')}
            places={places}
            work={work}
          />
        </Match>
      </Switch>
      <FreshnessBar view={view} />
      <UndoBar />
    </main>
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

function BoardHead(props: { session: SignedIn; province: string }): JSX.Element {
  const t = useWords(boardWords)
  const common = useWords(commonWords)
  const navigate = useNavigate()
  const { language } = useLanguage()
  const { provinces } = useSubject()
  const mine = createMemo(() =>
    provinces.filter(({ code }) => props.session.areas.some((area) => area === NATION || area.slice(0, 2) === code)),
  )
  const current = () => provinces.find(({ code }) => code === props.province)
  return (
    <header class="board-head">
      <h1>
        <A href="/" aria-label={t('home')}>
          {common('app')}
        </A>{' '}
        {t('title')}
      </h1>
      <Show
        when={mine().length > 1}
        fallback={<p class="board-province">{placeName(current() ?? { nameTh: '', nameEn: '' }, language())}</p>}
      >
        <label class="board-province">
          <span class="visually-hidden">{t('province')}</span>
          <select onChange={(event) => navigate(`/board?province=${event.currentTarget.value}`)}>
            <For each={mine()}>
              {(other) => (
                <option value={other.code} selected={other.code === props.province}>
                  {placeName(other, language())}
                </option>
              )}
            </For>
          </select>
        </label>
      </Show>
      <LanguageSwitch />
      <AccountMenu />
    </header>
  )
}
