import { useParams, useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, type JSX, onCleanup, onMount, Show, Suspense } from 'solid-js'
import { NATION } from '../../../../hub/contract/vocabulary/areas.ts'
import { wallKind, wallView } from '../../../../hub/contract/vocabulary/walls.ts'
import { alertScopes } from '../../alerts/alerts.ts'
import { ListLinks } from '../../panels/ListLink.tsx'
import { SubjectProvider } from '../../panels/SubjectProvider.tsx'
import { useSubject } from '../../panels/subject.tsx'
import { sessionState } from '../../session/account.ts'
import { keepAwake } from '../../ui/keepAwake.ts'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { createScenes, ScenesContext } from './createScenes.ts'
import { letLatePanelsCome, preloadLatePanels } from './Panel.tsx'
import { useSceneKeys } from './SceneNote.tsx'
import { ScreenDuty } from './ScreenDuty.tsx'
import { OnStage, Stage, type Told } from './Stage.tsx'
import { UnknownWall } from './UnknownWall.tsx'
import { useDuty } from './useDuty.ts'
import { WallScreen } from './WallScreen.tsx'

/**
 * `/wall` the nation, `/wall/R06` a health region, `/wall/50` a province, `/wall/5001` a district, `/wall/H123` a facility: what the address
 * says for a person; a screen plays its scenes.
 */
export default function WallPage(): JSX.Element {
  const params = useParams<{ place?: string }>()
  const [search] = useSearchParams<{ view?: string }>()
  const named = () => params.place ?? NATION
  const area = useDuty()
  const scenes = createScenes()
  useSceneKeys(scenes)
  onCleanup(keepAwake())
  /** none: the address names a view that there is not */
  const wanted = createMemo(() => {
    const view = wallView(search.view)
    return scenes.wanted() ?? (view && { place: named(), view })
  })
  const duty = createMemo(
    () => {
      const bound = area()
      const [scope] =
        bound === undefined ? [] : alertScopes(sessionState(), bound === NATION ? NATION : bound.slice(0, 2))
      return bound !== undefined && scope !== undefined ? { area: bound, scope } : undefined
    },
    undefined,
    { equals: (a, b) => a?.area === b?.area && a?.scope === b?.scope },
  )
  return (
    <ScenesContext.Provider value={scenes}>
      <Show when={duty()} keyed>
        {(of) => <ScreenDuty area={of.area} scope={of.scope} scenes={scenes} />}
      </Show>
      <Show when={wanted()} fallback={<UnknownWall place={named()} view={search.view} />}>
        {(on) => (
          <Stage wanted={on()} next={scenes.next()} onTold={scenes.told}>
            {(place, shown, tell) => {
              const unknown = () => <Unknown place={place} isShown={shown() !== undefined} tell={tell} />
              return (
                // What is fetched for a scene suspends itself, not what is on the screen.
                <Suspense fallback={<Show when={shown()}>{<PageSkeleton />}</Show>}>
                  <Show when={wallKind(place)} fallback={unknown()}>
                    <SubjectProvider
                      area={place}
                      also={(home) => alertScopes(sessionState(), home)}
                      reports={shown() !== undefined}
                      loading={<Show when={shown()}>{<PageSkeleton />}</Show>}
                      unknown={unknown()}
                    >
                      <Numbers tell={tell} />
                      <OnStage shown={shown()}>
                        {(view) => (
                          <ListLinks>
                            <WallScreen view={view} />
                          </ListLinks>
                        )}
                      </OnStage>
                    </SubjectProvider>
                  </Show>
                </Suspense>
              )
            }}
          </Stage>
        )}
      </Show>
    </ScenesContext.Provider>
  )
}

const LATE_PANELS_MS = 1_000

/** Says when the numbers of a place are there, and when they are let go. */
function Numbers(props: { tell(told: Told): void }): JSX.Element {
  const subject = useSubject()
  createEffect(() => {
    if (subject.today() === undefined) return
    props.tell('there')
    // The numbers are painted first.
    requestAnimationFrame(() => requestAnimationFrame(letLatePanelsCome))
    const timer = setTimeout(preloadLatePanels, LATE_PANELS_MS)
    onCleanup(() => clearTimeout(timer))
  })
  onCleanup(() => props.tell('gone'))
  return null
}

function Unknown(props: { place: string; isShown: boolean; tell(told: Told): void }): JSX.Element {
  onMount(() => props.tell('unknown'))
  onCleanup(() => props.tell('gone'))
  return (
    <Show when={props.isShown}>
      <UnknownWall place={props.place} view={undefined} />
    </Show>
  )
}
