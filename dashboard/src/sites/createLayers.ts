import { useSearchParams } from '@solidjs/router'
import { type Accessor, createMemo, onCleanup, onMount } from 'solid-js'
import { isTyping } from '../ui/typing.ts'
import { type Layer, layerOfKey, readLayers, toggledLayer, writeLayers } from './layers.ts'

export type Layers = { readonly shown: Accessor<ReadonlySet<Layer>>; toggle(layer: Layer): void }

/** Which layers lie over the map: in the address, so that a reload and a copied link show the same. Keys 5 to 0 and W switch. */
export function createLayers(): Layers {
  const [search, setSearch] = useSearchParams<{ layers?: string }>()
  const shown = createMemo(() => readLayers(search.layers))
  const toggle = (layer: Layer) =>
    setSearch({ layers: writeLayers(toggledLayer(shown(), layer)) ?? null }, { replace: true, scroll: false })
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (isTyping(event.target)) return
    const layer = layerOfKey(event.key)
    if (layer === undefined) return
    event.preventDefault()
    toggle(layer)
  }
  onMount(() => {
    window.addEventListener('keydown', press)
    onCleanup(() => window.removeEventListener('keydown', press))
  })
  return { shown, toggle }
}
