import { createMemo, For, type JSX, onCleanup, Show } from 'solid-js'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { type Scenes, useScenes } from './createScenes.ts'
import { sceneAction } from './keys.ts'
import './SceneNote.css'
import { wallWords } from './words.ts'

/** Where a screen is in its list, what holds it, and what it cannot play; nothing on a wall without scenes. */
export function SceneNote(): JSX.Element {
  const scenes = useScenes()
  return (
    <Show when={scenes && scenes.player().scenes.length > 0 && scenes}>{(playing) => <Note scenes={playing()} />}</Show>
  )
}

function Note(props: { scenes: Scenes }): JSX.Element {
  const t = useWords(wallWords)
  const { language, format } = useLanguage()
  const number = (n: number) => format().number(n)
  const player = () => props.scenes.player()
  const at = createMemo(() => player().at)
  const count = () => number(player().scenes.length)
  const isPaused = createMemo(() => player().pausedSince !== null)
  const faults = createMemo(() =>
    player().faults.flatMap((fault, index) => (fault ? [{ fault, index, place: player().scenes[index]!.place }] : [])),
  )
  return (
    <p class="scene-note" role="status" aria-label={t('scene.label')} data-paused={isPaused()} data-scene={at() + 1}>
      <Show when={at() >= 0} fallback={t('scene.none')}>
        {t('scene.of', number(at() + 1), count())}
      </Show>
      <Show when={isPaused()}> · {t('scene.paused')}</Show>
      <Show when={props.scenes.pin()}>
        {(pin) => <b> · {t('scene.pinned', language() === 'th' ? pin().nameTh : pin().nameEn)}</b>}
      </Show>
      <For each={faults()}>
        {({ fault, index, place }) => (
          <small>
            {' · '}
            {t('scene.fault', number(index + 1), place)} {t(`scene.${fault}`)}
          </small>
        )}
      </For>
    </p>
  )
}

/** Keyboard and remote control of a screen that plays, for the owner's lifetime. */
export function useSceneKeys(scenes: Scenes): void {
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || scenes.player().scenes.length === 0) return
    const kind = sceneAction(event.key, event.target)
    if (!kind) return
    event.preventDefault()
    scenes.send({ kind })
  }
  window.addEventListener('keydown', press)
  onCleanup(() => window.removeEventListener('keydown', press))
}
