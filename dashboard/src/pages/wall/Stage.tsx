import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import type { WallView } from '../../../../hub/contract/vocabulary/walls.ts'
import type { Shown } from './scenes.ts'

/** What the wall of a place tells the stage about its numbers. */
export type Told = 'there' | 'unknown' | 'gone'

type StageProps = {
  wanted: Shown
  /** fetched beside what is shown */
  next: string | undefined
  onTold(place: string, told: Told): void
  /** the numbers of a place, for as long as it is called; `shown`: on which view, if it is on the screen */
  children: (place: string, shown: () => WallView | undefined, tell: (told: Told) => void) => JSX.Element
}

/**
 * One wall is on the screen, the next one's numbers are fetched beside it. Another one takes its place once its numbers
 * are there, or cannot be: a change of scene shows no skeleton, and its link is open before the other's is let go.
 */
export function Stage(props: StageProps): JSX.Element {
  const [known, setKnown] = createSignal<ReadonlySet<string>>(new Set())
  const tell = (place: string) => (told: Told) => {
    setKnown((before) => {
      const after = new Set(before)
      if (told === 'gone') after.delete(place)
      else after.add(place)
      return after
    })
    props.onTold(place, told)
  }
  const shown = createMemo<Shown>((before) => {
    const { place, view } = props.wanted
    return !before || before.place === place || known().has(place) ? { place, view } : before
  })
  const places = createMemo(() => [
    ...new Set([shown().place, props.wanted.place, ...(props.next === undefined ? [] : [props.next])]),
  ])
  return (
    <For each={places()}>
      {(place) => props.children(place, () => (shown().place === place ? shown().view : undefined), tell(place))}
    </For>
  )
}

/** A child of a place's numbers that is drawn while the place is on the screen. */
export function OnStage(props: {
  shown: WallView | undefined
  children: (view: WallView) => JSX.Element
}): JSX.Element {
  return (
    <Show when={props.shown} keyed>
      {(view) => props.children(view)}
    </Show>
  )
}
