import { type Accessor, createSignal, type JSX, Show, Suspense } from 'solid-js'
import { Beds } from '../../panels/Beds.tsx'
import { Care } from '../../panels/Care.tsx'
import { CurvePanel } from '../../panels/CurvePanel.tsx'
import { Deaths } from '../../panels/Deaths.tsx'
import { Doses } from '../../panels/Doses.tsx'
import type { Choice } from '../../panels/indicators.ts'
import { MapPanel } from '../../panels/MapPanel.tsx'
import { NewCases } from '../../panels/NewCases.tsx'
import { type RankedBy, Ranking } from '../../panels/Ranking.tsx'
import { createRanked, type Ranked } from '../../panels/readings.ts'
import { rowsThatFit } from '../../panels/rowsThatFit.ts'
import { type Subject, SubjectContext, useSubject } from '../../panels/subject.tsx'
import { Unclaimed } from '../../panels/Unclaimed.tsx'
import { Waiting } from '../../panels/Waiting.tsx'
import { part } from '../../ui/part.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { isLate, type LatePanelId, type PanelId } from './compositions.ts'
import type { Room } from './layout/arrange.ts'

const LatePanel = part(() => import('./LatePanel.tsx'))
/** For a scene that has room for them. */
export const preloadLatePanels = (): void => void LatePanel.preload()

const [mayLateCome, setLateMayCome] = createSignal(false)
/** Once the first numbers are painted: before what stands above the panels is there, a wall seems to have room for more of them than it has. */
export const letLatePanelsCome = (): void => void setLateMayCome(true)

export type Shown = {
  today: string
  choice: Choice
  choose(choice: Choice): void
  ranked: readonly Ranked[]
  second: Subject | undefined
  /** of the nation: its ranking, by provinces or by health regions */
  by: RankedBy | undefined
  /** in u; none where the page scrolls */
  box: Room | undefined
}

/** u: what a ranking has above its rows, and one of them */
const RANKING_HEAD_U = 14.2
const RANKING_ROW_U = 3.3
const FLOW_ROWS = 10

export function Panel(props: Shown & { id: PanelId }): JSX.Element {
  const draw: Readonly<Record<Exclude<PanelId, LatePanelId>, () => JSX.Element>> = {
    newCases: () => <NewCases today={props.today} />,
    waiting: () => <Waiting />,
    care: () => <Care />,
    beds: () => <Beds />,
    deaths: () => <Deaths today={props.today} />,
    doses: () => <Doses today={props.today} />,
    unclaimed: () => <Unclaimed />,
    map: () => <MapPanel today={props.today} choice={props.choice} choose={props.choose} ranked={props.ranked} />,
    ranking: () => (
      <Ranking
        today={props.today}
        choice={props.choice}
        ranked={props.by?.regions() ?? props.ranked}
        rows={rowsThatFit(props.box, RANKING_HEAD_U, RANKING_ROW_U, props.by?.regions()?.length ?? FLOW_ROWS)}
        by={props.by}
      />
    ),
    cases: () => <CurvePanel of="cases" today={props.today} />,
    doseCurve: () => <CurvePanel of="doses" today={props.today} />,
    dosesWhole: () => <Doses today={props.today} isWhole />,
    homeMap: () => (
      <OfHome {...props}>
        {(ranked) => <MapPanel today={props.today} choice={props.choice} choose={props.choose} ranked={ranked()} />}
      </OfHome>
    ),
    homeRanking: () => (
      <OfHome {...props}>
        {(ranked) => (
          <Ranking
            today={props.today}
            choice={props.choice}
            ranked={ranked()}
            rows={rowsThatFit(props.box, RANKING_HEAD_U, RANKING_ROW_U, FLOW_ROWS)}
          />
        )}
      </OfHome>
    ),
  }
  return isLate(props.id) ? (
    <Suspense fallback={<Skeleton height="100%" />}>
      <Show when={mayLateCome()} fallback={<Skeleton height="100%" />}>
        <LatePanel {...props} id={props.id} />
      </Show>
    </Suspense>
  ) : (
    draw[props.id]()
  )
}

/** A district stands among the districts of its province. */
function OfHome(props: Shown & { children: (ranked: Accessor<readonly Ranked[]>) => JSX.Element }): JSX.Element {
  const home = useSubject().atHome()
  const ranked = createRanked(home, () => props.choice, home.today)
  return <SubjectContext.Provider value={home}>{props.children(ranked)}</SubjectContext.Provider>
}
