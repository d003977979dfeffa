import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show, Suspense } from 'solid-js'
import { BED_KINDS } from '../../../../hub/contract/vocabulary/facilities.ts'
import type { WallView } from '../../../../hub/contract/vocabulary/walls.ts'
import { alertScopes } from '../../alerts/alerts.ts'
import { type Clocked, ClockedContext } from '../../panels/clocked.ts'
import { useSubject } from '../../panels/subject.tsx'
import { sessionState } from '../../session/account.ts'
import { commandScopes } from '../../session/commandScopes.ts'
import { part } from '../../ui/part.tsx'
import { COMPOSITIONS, NO_PEOPLE, type PanelId, sizeOf } from './compositions.ts'
import { arrange, type Box, type Room } from './layout/arrange.ts'
import { isWide, type Screen } from './layout/useScreen.ts'
import { Panel, type Shown } from './Panel.tsx'

const PanelClocks = part(() => import('./PanelClocks.tsx'))

type WallBodyProps = Omit<Shown, 'box'> & { view: WallView; screen: Screen; clocks: boolean }

/** The panels of the place and view, where this screen has room for them; on a phone one below the other. */
export function WallBody(props: WallBodyProps): JSX.Element {
  const { place, parts, rounded, home, facility } = useSubject()
  const [room, setRoom] = createSignal<Room>()
  let body!: HTMLDivElement
  onMount(() => {
    const measure = () =>
      setRoom({ width: body.clientWidth / props.screen.unit, height: body.clientHeight / props.screen.unit })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(body)
    onCleanup(() => observer.disconnect())
  })
  const panels = (): readonly PanelId[] => {
    const all = COMPOSITIONS[props.view][place]
    const hears: Readonly<Partial<Record<PanelId, boolean | undefined>>> = {
      alerts: alertScopes(sessionState(), home).length > 0,
      objectives: commandScopes(home).length > 0,
      ticker: !rounded,
      second: isWide(props.screen),
      secondMap: isWide(props.screen),
      facilityBeds: facility && takesIn(facility().kind),
      facilityComing: facility && takesIn(facility().kind),
      facilityDoses: facility && givesDoses(facility().kind, facility().doses),
    }
    const own = all.filter((panel) => hears[panel] !== false)
    return place === 'district' && rounded ? own.filter((panel) => NO_PEOPLE.has(panel)) : own
  }
  const boxes = createMemo((): ReadonlyMap<PanelId, Box<PanelId> | undefined> => {
    const space = room()
    if (props.screen.flows) return new Map(panels().map((id) => [id, undefined]))
    if (space === undefined) return new Map()
    const sized = panels().map((id) => ({ id, size: sizeOf(id, { parts: parts.length }) }))
    return new Map(arrange(sized, space).boxes.map((box) => [box.id, box]))
  })
  return (
    <div class="wall-body" classList={{ 'wall-flow': props.screen.flows }} ref={body}>
      <For each={[...boxes().keys()]}>
        {(id) => (
          <div class="wall-panel" data-panel={id} style={styleOf(boxes().get(id))}>
            <Clocks shown={props.clocks}>
              <Panel {...props} id={id} box={boxes().get(id)} />
            </Clocks>
          </div>
        )}
      </For>
    </div>
  )
}

function Clocks(props: { shown: boolean; children: JSX.Element }): JSX.Element {
  const clocked = new Set<Clocked>()
  return (
    <ClockedContext.Provider value={clocked}>
      {props.children}
      <Suspense>
        <Show when={props.shown}>
          <PanelClocks clocked={clocked} />
        </Show>
      </Suspense>
    </ClockedContext.Provider>
  )
}

const TAKES_IN: ReadonlySet<string> = new Set(BED_KINDS)
const takesIn = (kind: string): boolean => TAKES_IN.has(kind)
const givesDoses = (kind: string, { week }: { readonly week: number }): boolean => kind === 'vaccination' || week > 0

function styleOf(box: Box<PanelId> | undefined): JSX.CSSProperties {
  if (box === undefined) return {}
  const u = (size: number) => `calc(${size.toFixed(3)} * var(--u))`
  return { left: u(box.x), top: u(box.y), width: u(box.width), height: u(box.height) }
}
