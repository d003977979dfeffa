import { type Accessor, createSignal, onCleanup, onMount } from 'solid-js'
import type { Box } from '../map/labels.ts'

/** The map's own element among those in its place. */
const MAP = '.situation-map'
/** A box that only holds others, and lets the map be seen between them. */
const HOLDER = '.map-corner'

/** What lies over a map, in px of its place: labels keep off it (map/labels.ts). */
export function createCovers(place: () => HTMLElement): Accessor<readonly Box[]> {
  const [covers, setCovers] = createSignal<readonly Box[]>([], {
    equals: (a, b) => String(flat(a)) === String(flat(b)),
  })
  onMount(() => {
    const over = () =>
      [...place().children].flatMap((child) => {
        if (child.matches(MAP)) return []
        return child.matches(HOLDER) ? [...child.children] : [child]
      })
    const measure = () => {
      const { left, top } = place().getBoundingClientRect()
      setCovers(over().map((element) => boxOf(element.getBoundingClientRect(), left, top)))
    }
    const sizes = new ResizeObserver(measure)
    const watch = () => {
      sizes.disconnect()
      for (const element of [place(), ...over()]) sizes.observe(element)
    }
    const comings = new MutationObserver(watch)
    comings.observe(place(), { childList: true })
    for (const holder of place().querySelectorAll(HOLDER)) comings.observe(holder, { childList: true })
    watch()
    onCleanup(() => {
      sizes.disconnect()
      comings.disconnect()
    })
  })
  return covers
}

const flat = (boxes: readonly Box[]) =>
  boxes.flatMap(({ x, y, halfWidth, halfHeight }) => [x, y, halfWidth, halfHeight])

function boxOf({ x, y, width, height }: DOMRect, left: number, top: number): Box {
  return { x: x - left + width / 2, y: y - top + height / 2, halfWidth: width / 2, halfHeight: height / 2 }
}
