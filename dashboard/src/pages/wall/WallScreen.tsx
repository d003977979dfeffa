import { useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, createSignal, type JSX, onCleanup, onMount, Show, Suspense, untrack } from 'solid-js'
import type { WallView } from '../../../../hub/contract/vocabulary/walls.ts'
import { AlertStrip } from '../../alerts/AlertStrip.tsx'
import { alertScopes } from '../../alerts/alerts.ts'
import { screenNow, sinceOpened } from '../../clock.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { CommandStrip } from '../../panels/CommandStrip.tsx'
import { ExerciseBand, useExercise } from '../../panels/ExerciseBand.tsx'
import { FreshnessBanner, FreshnessBar } from '../../panels/FreshnessBar.tsx'
import type { Choice } from '../../panels/indicators.ts'
import { linkWords } from '../../panels/linkWords.ts'
import { OnceKnown } from '../../panels/OnceKnown.tsx'
import { observeDay, type Pace } from '../../panels/pace.ts'
import type { RankedBy } from '../../panels/Ranking.tsx'
import { createRanked } from '../../panels/readings.ts'
import { createShiftStart, createWallYesterday, ShiftStartContext, YesterdayContext } from '../../panels/shiftStart.ts'
import { regionParts, useSubject } from '../../panels/subject.tsx'
import { useAge, useFreshness } from '../../panels/useFreshness.ts'
import { sessionState } from '../../session/account.ts'
import { part } from '../../ui/part.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { createSecond, type Second, secondPlace } from './createSecond.ts'
import { createShownFor } from './createShownFor.ts'
import { rotate, rotateSeconds, wallAction } from './keys.ts'
import { isWide, useScreen } from './layout/useScreen.ts'
import { dimByNight } from './night.ts'
import { pixelShift, SHIFT_EVERY_MS, shiftsUntil } from './pixelShift.ts'
import { SceneNote } from './SceneNote.tsx'
import { usePlaceName } from './usePlaceName.ts'
import { WallBody } from './WallBody.tsx'
import '../../panels/panels.css'
import './wall.css'
import { wallWords } from './words.ts'

const MINUTE_MS = 60_000
/** Clocks lie over the foot of the panels: a wall that nobody is at does not keep them. */
const CLOCKS_MS = 60_000

const WallHelp = part(() => import('./WallHelp.tsx'))
const NumbersDialog = part(() => import('../../panels/NumbersDialog.tsx'))

/** What a wall opens on: a vaccination day on doses, any other on new cases. */
const firstChoice = (view: WallView): Choice => ({
  indicator: view === 'vaccination' ? 'doses' : 'incidence',
  level: '3',
})

/** Unattended, full screen, nothing scrolls (but on a phone); see docs/DOMAIN.md, "Walls that work". */
export function WallScreen(props: { view: WallView }): JSX.Element {
  const t = useWords(wallWords)
  const [search, setSearch] = useSearchParams<{ rotate?: string; second?: string; by?: string; dim?: string }>()
  const subject = useSubject()
  const exercise = useExercise()
  const view = useFreshness()
  const [choice, choose] = createSignal<Choice>(firstChoice(props.view))
  const ranked = createRanked(subject, choice, subject.today)
  const regions = createRanked(subject, choice, subject.today, () => regionParts(subject))
  const by: RankedBy | undefined =
    subject.place === 'nation'
      ? {
          regions: () => (search.by === 'region' ? regions() : undefined),
          change: (region) => setSearch({ by: region ? 'region' : undefined }, { replace: true }),
        }
      : undefined
  const screen = useScreen()
  const chosen = createMemo<Second | undefined>((before) =>
    isWide(screen()) ? secondPlace(search.second, ranked(), before, screenNow()) : undefined,
  )
  const second = createSecond(() => chosen()?.place)
  const [opened, open] = createSignal<'help' | 'numbers'>()
  const [clocks, showClocks] = createShownFor(CLOCKS_MS)
  const [shift, setShift] = createSignal(pixelShift(shiftsUntil(sinceOpened())))

  const shiftStart = createShiftStart(subject)
  const yesterday = createWallYesterday(subject)
  dimByNight(
    () => search.dim,
    createMemo(() => Math.floor(view.now() / MINUTE_MS) * MINUTE_MS),
  )
  useWallKeys(choice, choose, open, {
    regions: () => by?.change(by.regions() === undefined),
    clocks: () => showClocks(!clocks()),
  })
  onMount(() => {
    const timer = setInterval(() => setShift(pixelShift(shiftsUntil(sinceOpened()))), SHIFT_EVERY_MS)
    onCleanup(() => clearInterval(timer))
  })
  createEffect(() => {
    const seconds = rotateSeconds(search.rotate)
    if (seconds === null) return
    const timer = setInterval(() => choose(rotate), seconds * 1_000)
    onCleanup(() => clearInterval(timer))
  })

  return (
    <main
      class="wall panels"
      data-exercise={exercise()}
      data-freshness={view.state().kind}
      data-subject={subject.place}
      data-flows={screen().flows ? '' : undefined}
      style={{ '--u': `${screen().unit}px`, '--shift-x': shift().x, '--shift-y': shift().y }}
    >
      <OnceKnown view={view}>
        <ExerciseBand />
        <WallHead openNumbers={() => open('numbers')}>
          <FreshnessBanner view={view} />
        </WallHead>
        <CommandStrip place="screens" now={view.now()} />
        <Show when={subject.today()} fallback={<EmptyState title={t('waitingForData')} />}>
          {(today) => (
            <ShiftStartContext.Provider value={shiftStart}>
              <YesterdayContext.Provider value={yesterday}>
                <WallBody
                  view={props.view}
                  screen={screen()}
                  today={today()}
                  choice={choice()}
                  choose={choose}
                  ranked={ranked()}
                  second={second()}
                  by={by}
                  clocks={clocks()}
                />
              </YesterdayContext.Provider>
            </ShiftStartContext.Provider>
          )}
        </Show>
        <FreshnessBar view={view}>
          <SceneNote />
        </FreshnessBar>
      </OnceKnown>
      <Suspense>
        <Show when={opened() === 'help'}>
          <WallHelp close={() => open()} />
        </Show>
        <Show when={opened() === 'numbers' && subject.today()}>
          {(today) => <NumbersDialog today={today()} close={() => open()} />}
        </Show>
      </Suspense>
    </main>
  )
}

/** `children` take the place of the operation's name: where and when is read on a dead screen too. */
function WallHead(props: { openNumbers(): void; children: JSX.Element }): JSX.Element {
  const t = useWords(wallWords)
  const link = useWords(linkWords)
  const exercise = useExercise()
  const age = useAge()
  const { language, format } = useLanguage()
  const subject = useSubject()
  const { home, operation, today } = subject
  const name = usePlaceName()
  /** as when the session was opened */
  const alerts = untrack(() => alertScopes(sessionState(), home)[0])
  /** A screen of a command centre leads nowhere, and hears the alerts of its area whatever it shows (ScreenDuty). */
  const isScreen = () => {
    const state = sessionState()
    return state.kind === 'in' && state.session.role === 'screen'
  }
  const leads = () => sessionState().kind === 'in' && !isScreen()
  const place = () => name(subject)
  usePageTitle(() => [t('wall'), place()])
  const title = () => operation()?.[language() === 'th' ? 'titleTh' : 'titleEn']
  const pace = createMemo<Pace | undefined>((before) => {
    const day = today()
    return day === undefined ? before : observeDay(before, day, screenNow())
  })
  return (
    <header class="wall-head">
      <h1>
        <button
          type="button"
          class="definition-open"
          aria-haspopup="dialog"
          title={t('numbers')}
          onClick={() => props.openNumbers()}
        >
          {place()}
        </button>
      </h1>
      <Show when={alerts} fallback={<p class="wall-operation">{title() || t('wall')}</p>}>
        {(scope) => (
          <AlertStrip scope={scope()} area={home} leads={leads()} silent={isScreen()} idle={title() || t('wall')} />
        )}
      </Show>
      {props.children}
      <Show when={today()}>
        {(day) => (
          <p class="wall-day" title={t('day', format().dayLong(day()))}>
            <Show when={exercise()}>
              {(kind) => (
                <small>
                  {link(`exerciseDay.${kind()}`)}
                  <Show when={pace()?.dayMs}>{(ms) => ` · ${link('pace', age(ms()))}`}</Show>{' '}
                </small>
              )}
            </Show>
            {format().dayLong(day())}
          </p>
        )}
      </Show>
    </header>
  )
}

function useWallKeys(
  choice: () => Choice,
  choose: (choice: Choice) => void,
  open: (what: 'help' | 'numbers') => void,
  turn: Readonly<Record<'regions' | 'clocks', () => void>>,
): void {
  const { language, setLanguage } = useLanguage()
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const action = wallAction(event.key, choice())
    if (!action) return
    event.preventDefault()
    if (action.kind === 'choose') choose(action.choice)
    else if (action.kind === 'language') setLanguage(language() === 'th' ? 'en' : 'th')
    else if (action.kind === 'regions' || action.kind === 'clocks') turn[action.kind]()
    else if (action.kind === 'help' || action.kind === 'numbers') open(action.kind)
    else if (document.fullscreenElement) void document.exitFullscreen()
    else void document.documentElement.requestFullscreen()
  }
  window.addEventListener('keydown', press)
  onCleanup(() => window.removeEventListener('keydown', press))
}
