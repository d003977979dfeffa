import { createUniqueId, type JSX, Show } from 'solid-js'
import './Tile.css'

type TileProps = {
  title: JSX.Element
  aside?: JSX.Element
  class?: string | undefined
  id?: string
  /** how old what it shows is: it fades as it ages, and its aside says why */
  aged?: 'normal' | 'watch' | 'alarm'
  children: JSX.Element
}

/** A titled box of a screen, a region for screen readers. */
export function Tile(props: TileProps): JSX.Element {
  const titleId = createUniqueId()
  return (
    <section id={props.id} class={`tile ${props.class ?? ''}`} aria-labelledby={titleId} data-aged={props.aged}>
      <header class="tile-head">
        <h2 id={titleId} class="tile-title">
          {props.title}
        </h2>
        <Show when={props.aside}>
          <div class="tile-aside">{props.aside}</div>
        </Show>
      </header>
      {props.children}
    </section>
  )
}
