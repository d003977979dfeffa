import { useParams } from '@solidjs/router'
import { createEffect, createMemo, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { NATION } from '../../../../hub/contract/vocabulary/areas.ts'
import { alertScopes } from '../../alerts/alerts.ts'
import { ListLinks } from '../../panels/ListLink.tsx'
import { SubjectProvider } from '../../panels/SubjectProvider.tsx'
import { useSubject } from '../../panels/subject.tsx'
import { UnknownProvince } from '../../panels/UnknownProvince.tsx'
import { sessionState } from '../../session/account.ts'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { createScenes, ScenesContext } from './createScenes.ts'
import { useSceneKeys } from './SceneNote.tsx'
import { ScreenDuty } from './ScreenDuty.tsx'
import { OnStage, Stage, type Told } from './Stage.tsx'
import { useDuty } from './useDuty.ts'
import { WallScreen } from './WallScreen.tsx'

/** `/wall` the nation, `/wall/50` a province: what the address says for a person; a screen plays its scenes. */
export default function WallPage(): JSX.Element {
  const params = useParams<{ province?: string }>()
  const area = useDuty()
  const scenes = createScenes()
  useSceneKeys(scenes)
  const wanted = createMemo(() => scenes.wanted() ?? { place: params.province ?? NATION, view: 'situation' as const })
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
      <Stage wanted={wanted()} next={scenes.next()} onTold={scenes.told}>
        {(place, shown, tell) => (
          <SubjectProvider
            area={place}
            also={alertScopes(sessionState(), place)}
            reports={shown() !== undefined}
            loading={<Show when={shown()}>{<PageSkeleton />}</Show>}
            unknown={<Unknown place={place} isShown={shown() !== undefined} tell={tell} />}
          >
            <Numbers tell={tell} />
            <OnStage shown={shown()}>
              {() => (
                <ListLinks>
                  <WallScreen />
                </ListLinks>
              )}
            </OnStage>
          </SubjectProvider>
        )}
      </Stage>
    </ScenesContext.Provider>
  )
}

/** Says when the numbers of a place are there, and when they are let go. */
function Numbers(props: { tell(told: Told): void }): JSX.Element {
  const subject = useSubject()
  createEffect(() => {
    if (subject.today() !== undefined) props.tell('there')
  })
  onCleanup(() => props.tell('gone'))
  return null
}

function Unknown(props: { place: string; isShown: boolean; tell(told: Told): void }): JSX.Element {
  onMount(() => props.tell('unknown'))
  onCleanup(() => props.tell('gone'))
  return (
    <Show when={props.isShown}>
      <UnknownProvince code={props.place} />
    </Show>
  )
}
