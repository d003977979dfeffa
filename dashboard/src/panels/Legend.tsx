import { createMemo, createSignal, For, type JSX, Show, Suspense } from 'solid-js'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { colourOf, MAP_COLOURS } from '../map/colours.ts'
import { part } from '../ui/part.tsx'
import './Legend.css'
import { Definition } from './Definition.tsx'
import { type Choice, indicatorOf, readIndicator } from './indicators.ts'
import { ListLink } from './ListLink.tsx'
import { indicatorList } from './lists.ts'
import { Num } from './Num.tsx'
import type { Ranked } from './readings.ts'
import { classOf, type Scale, toneOfClass } from './scales.ts'
import { useSubject } from './subject.tsx'
import { panelWords } from './words.ts'

const ClassAreas = part(() => import('./ClassAreas.tsx'))

/** Bounds in numbers, and how many areas are in each class. */
export function Legend(props: { scale: Scale; ranked: readonly Ranked[]; today: string; choice: Choice }): JSX.Element {
  const t = useWords(panelWords)
  const { format } = useLanguage()
  const classes = createMemo(() => {
    const counts = new Array<number>(props.scale.breaks.length + 1).fill(0)
    for (const { value } of props.ranked) if (value !== null) counts[classOf(props.scale, value)]! += 1
    return counts
  })
  const [opened, setOpened] = createSignal<number | 'unknown'>()
  const within = createMemo(() => {
    const at = opened()
    if (at === undefined) return []
    return props.ranked.filter(({ value }) => (value === null ? at === 'unknown' : classOf(props.scale, value) === at))
  })
  const unknownName = () => {
    const floor = props.ranked.find(({ value }) => value === null)?.floor
    return floor === undefined ? t('legend.unknown') : t(`few.${floor}`)
  }
  const nameOf = (at: number | 'unknown') => (at === 'unknown' ? unknownName() : range(at))
  const unknown = createMemo(() => props.ranked.filter(({ value }) => value === null).length)
  const bound = (value: number) =>
    props.scale.unit === 'share' ? format().number(value * 100) : format().number(value)
  const range = (at: number) => {
    const { breaks, unit } = props.scale
    if (at === 0) return t('legend.none')
    const low = at === 1 ? 0 : breaks[at - 1]!
    const suffix = unit === 'share' ? ' %' : ''
    const high = breaks[at]
    if (high === undefined) return `≥ ${bound(low)}${suffix}`
    // "under 20" and not "0–20": a bound belongs to the class above it.
    return at === 1 ? `< ${bound(high)}${suffix}` : `${bound(low)}–${bound(high)}${suffix}`
  }
  const { kind } = useSubject()
  return (
    <div class="legend">
      <p class="legend-definition">
        <Definition of={[indicatorOf(kind, props.choice.indicator)]} asked={{ level: props.choice.level }} />
      </p>
      <table>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">{t('map.label')}</th>
            <th scope="col">{t('legend.areas')}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.scale.breaks.concat(0).map((_, i) => props.scale.breaks.length - i)}>
            {(at) => {
              const tone = () => toneOfClass(props.scale, at)
              return (
                <tr class={`legend-${tone()}`}>
                  <th scope="row">
                    <i style={{ background: colourOf(tone(), at) }} class={`legend-swatch legend-swatch-${tone()}`} />
                    {range(at)}
                  </th>
                  <td>
                    <LegendCount count={classes()[at] ?? 0} name={range(at)} open={() => setOpened(at)} />
                  </td>
                </tr>
              )
            }}
          </For>
          <Show when={unknown() > 0}>
            <tr class="legend-normal">
              <th scope="row">
                <i style={{ background: MAP_COLOURS.unknown }} class="legend-swatch legend-swatch-unknown" />
                {unknownName()}
              </th>
              <td>
                <LegendCount count={unknown()} name={nameOf('unknown')} open={() => setOpened('unknown')} />
              </td>
            </tr>
          </Show>
        </tbody>
      </table>
      <Show when={opened() !== undefined}>
        <Suspense>
          <ClassAreas
            name={nameOf(opened() ?? 'unknown')}
            within={within()}
            percent={props.scale.unit === 'share'}
            choice={props.choice}
            today={props.today}
            close={() => setOpened(undefined)}
          />
        </Suspense>
      </Show>
    </div>
  )
}

/** How many areas are in a class; it opens which they are. */
function LegendCount(props: { count: number; name: string; open(): void }): JSX.Element {
  const t = useWords(panelWords)
  return (
    <Show when={props.count > 0} fallback={<Num value={props.count} />}>
      <button type="button" class="legend-open list-link" onClick={() => props.open()}>
        <Num value={props.count} />
        <span class="visually-hidden">
          {' '}
          {t('legend.areas')}: {props.name}
        </span>
      </button>
    </Show>
  )
}

/** What has no place on the map: prisons, imported cases, reports without a district. */
export function Unspecified(props: { today: string; choice: Choice }): JSX.Element {
  const t = useWords(panelWords)
  const { format } = useLanguage()
  const subject = useSubject()
  const { unspecified } = subject
  const reading = createMemo(() => readIndicator(subject, props.choice, { code: unspecified }, props.today))
  const count = () => (props.choice.indicator === 'occupancy' ? 0 : (reading().count ?? 0))
  return (
    <Show when={count() !== 0}>
      <p class="legend-unspecified">
        {t('legend.unspecified')}{' '}
        <ListLink area={unspecified} {...indicatorList(props.choice, props.today, 'value')}>
          <b>{format().number(count())}</b>
        </ListLink>{' '}
        {t(`count.${props.choice.indicator}`)}
      </p>
    </Show>
  )
}
