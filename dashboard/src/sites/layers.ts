import { FACILITY_KINDS, type FacilityKind } from '../../../hub/contract/vocabulary/facilities.ts'

/** What can lie over a map. */
export const LAYERS = ['hospital', 'ci', 'field', 'vaccination', 'test', 'oxygen', 'waiting'] as const
export type Layer = (typeof LAYERS)[number]
export type SiteLayer = Exclude<Layer, 'waiting'>

/** On walls and beside maps; 1 to 4 choose what the map shows. */
export const LAYER_KEYS: Readonly<Record<Layer, string>> = {
  hospital: '5',
  ci: '6',
  field: '7',
  vaccination: '8',
  test: '9',
  oxygen: '0',
  waiting: 'w',
}

/** On which layer a facility stands; `null`: on none that everybody sees. */
export const LAYER_OF: Readonly<Record<FacilityKind, SiteLayer | null>> = {
  hospital: 'hospital',
  field: 'field',
  hospitel: 'field',
  ci: 'ci',
  hi_hub: 'ci',
  vaccination: 'vaccination',
  test: 'test',
  oxygen: 'oxygen',
  crematorium: null,
}

export function kindsOf(layer: Layer): readonly FacilityKind[] {
  return FACILITY_KINDS.filter((kind) => LAYER_OF[kind] === layer)
}

export function layerOfKey(key: string): Layer | undefined {
  return LAYERS.find((layer) => LAYER_KEYS[layer] === key.toLowerCase())
}

/** `?layers=hospital,oxygen`; what is no layer is left out. */
export function readLayers(value: string | undefined): ReadonlySet<Layer> {
  const named = new Set(value?.split(','))
  return new Set(LAYERS.filter((layer) => named.has(layer)))
}

/** `undefined` for none, so that the address stays short. */
export function writeLayers(layers: ReadonlySet<Layer>): string | undefined {
  return layers.size === 0 ? undefined : LAYERS.filter((layer) => layers.has(layer)).join(',')
}

export function toggledLayer(layers: ReadonlySet<Layer>, layer: Layer): ReadonlySet<Layer> {
  const next = new Set(layers)
  if (!next.delete(layer)) next.add(layer)
  return next
}
