import { For, type JSX, Show } from 'solid-js'
import type { Site } from '../../../hub/contract/vocabulary/sites.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { createHubNow } from '../live/hubClock.ts'
import type { Layers } from './createLayers.ts'
import { MarkIcon } from './MarkIcon.tsx'
import './LayerSwitch.css'
import { kindsOf, LAYER_KEYS, LAYERS, type Layer } from './layers.ts'
import { SITE_MARKS, siteAge } from './marks.ts'
import { siteWords } from './words.ts'

const LOOK_EVERY_MS = 60_000

type LayerSwitchProps = {
  layers: Layers
  /** those that are shown */
  sites: readonly Site[]
  failed: boolean
  /** without it, every layer is offered */
  only?: readonly Layer[]
}

/** What may lie over the map: a button and a key for each, with the mark that stands for it there. */
export function LayerSwitch(props: LayerSwitchProps): JSX.Element {
  const t = useWords(siteWords)
  return (
    <fieldset class="layers">
      <legend class="visually-hidden">{t('layers')}</legend>
      <For each={props.only ?? LAYERS}>
        {(layer) => (
          <button
            type="button"
            aria-pressed={props.layers.shown().has(layer)}
            aria-keyshortcuts={LAYER_KEYS[layer]}
            title={t(`layer.${layer}`)}
            data-layer={layer}
            onClick={() => props.layers.toggle(layer)}
          >
            <span class="layers-key" aria-hidden="true">
              {LAYER_KEYS[layer].toUpperCase()}
            </span>
            <LayerMark layer={layer} />
            <span class="layers-name">{t(`layer.${layer}`)}</span>
          </button>
        )}
      </For>
      <p class="layers-said" role="status">
        <Show when={!props.failed} fallback={t('failed')}>
          <Said layers={props.layers} sites={props.sites} />
        </Show>
      </p>
    </fieldset>
  )
}

function LayerMark(props: { layer: Layer }): JSX.Element {
  const [kind] = kindsOf(props.layer)
  return (
    <Show
      when={kind && SITE_MARKS[kind]}
      fallback={
        <span class="mark-icon" aria-hidden="true">
          <svg viewBox="-14 -14 28 28" aria-hidden="true">
            <circle r="10" />
          </svg>
        </span>
      }
    >
      {(mark) => <MarkIcon shape={mark().shape} letter={mark().letter} />}
    </Show>
  )
}

/** Which layers are on, how many places they show, their free beds of level 3, and how many say nothing any more. */
function Said(props: { layers: Layers; sites: readonly Site[] }): JSX.Element {
  const t = useWords(siteWords)
  const { format } = useLanguage()
  const now = createHubNow(LOOK_EVERY_MS)
  const text = () => {
    const number = format().number
    const counts = props.sites.flatMap(({ free }) => (free['3'] === undefined ? [] : [free['3']]))
    const silent = props.sites.filter((site) => siteAge(site, now()) === 'silent').length
    const names = LAYERS.filter((layer) => props.layers.shown().has(layer)).map((layer) => t(`layer.${layer}`))
    return [
      ...(names.length > 0 ? [names.join(', ')] : []),
      ...(props.sites.length > 0 ? [t('count', number(props.sites.length))] : []),
      ...(counts.length > 0 ? [t('free', '3', number(counts.reduce((a, b) => a + b, 0)))] : []),
      ...(silent > 0 ? [t('silent', number(silent))] : []),
    ].join(' · ')
  }
  return <>{text()}</>
}
