import { createMemo, createSignal, For, type JSX, Show, Suspense } from 'solid-js'
import type { Value } from '../../../hub/contract/indicators/indicator.ts'
import { BED_LEVELS, type BedLevel, type BedState } from '../../../hub/contract/vocabulary/beds.ts'
import { commonWords } from '../i18n/common.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { LEVEL_KEYS } from '../i18n/levelKeys.ts'
import { createHubNow } from '../live/hubClock.ts'
import { part } from '../ui/part.tsx'
import { Tile } from '../ui/Tile.tsx'
import { countedAt, countTone } from './ages.ts'
import './Beds.css'
import { Definition } from './Definition.tsx'
import { ListLink } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { LateLink } from './Reported.tsx'
import { Revised } from './Revised.tsx'
import { useSubject } from './subject.tsx'
import { ToneMark } from './ToneMark.tsx'
import { useAge } from './useFreshness.ts'
import { useThresholds, useTone } from './useThresholds.ts'
import { useInterval } from './valueText.ts'
import { wallPanelWords } from './wallPanelWords.ts'
import { panelWords } from './words.ts'

const BedParts = part(() => import('./BedParts.tsx'))

const LOOK_EVERY_MS = 60_000

const BED_NUMBERS = [
  'beds.occupancy',
  'beds.staffed',
  'beds.other',
  'beds.free',
  'beds.full',
  'reporting.beds',
] as const

/** Occupied of staffed, with a tick where it becomes abnormal. */
export function OccupancyBar(props: { occupancy: number | null }): JSX.Element {
  const tone = useTone()
  const thresholds = useThresholds()
  const tick = () => {
    const { watch, alarm } = thresholds('beds.occupancy')
    return watch ?? alarm
  }
  return (
    <span class={`occupancy-bar occupancy-${tone('beds.occupancy', props.occupancy)}`} aria-hidden="true">
      <span class="occupancy-fill" style={{ width: `${Math.min(1, props.occupancy ?? 0) * 100}%` }} />
      <Show when={tick()}>{(at) => <span class="occupancy-tick" style={{ left: `${at() * 100}%` }} />}</Show>
    </span>
  )
}

/** Beds level by level. There is no sum on purpose: a free bed of level 0 does not help who needs an ICU. */
export function Beds(): JSX.Element {
  const t = useWords(panelWords)
  const wallPanel = useWords(wallPanelWords)
  const { area, kind, live, parts, read, scope, today } = useSubject()
  const { format } = useLanguage()
  const age = useAge()
  /** the level of which the smallest share was counted in time, the most severe of equals */
  const least = createMemo(() => {
    const shares = BED_LEVELS.map((level) => ({ level, share: read('reporting.beds', { level }).value })).reverse()
    return shares.reduce((a, b) => ((b.share ?? 2) < (a.share ?? 2) ? b : a))
  })
  const now = createHubNow(LOOK_EVERY_MS)
  const counted = createMemo(() => {
    const oldest = new Map<string, number>()
    for (const { area: code, measure, at } of live.rows(scope, 'oldest')) {
      if (measure.startsWith('beds.')) oldest.set(code, Math.min(at, oldest.get(code) ?? at))
    }
    const codes = kind === 'nation' ? parts.map(({ code }) => code) : []
    return countedAt(area, codes, (code) => oldest.get(code) ?? null)
  })
  const aged = () => (counted() === null ? 'normal' : countTone(now() - (counted() ?? 0)))
  const tone = useTone()
  /** the level that is full soonest, where that is soon */
  const soonest = createMemo(() => {
    const days = BED_LEVELS.map((level) => ({ level, ...read('beds.full', { level }) }))
    return days
      .filter(({ value }) => tone('beds.full', value) !== 'normal')
      .sort((a, b) => (a.value ?? 0) - (b.value ?? 0))[0]
  })
  const within = useDaysWithin()
  const aside = () => (
    <>
      <Show when={soonest()}>
        {(full) => (
          <span class={`beds-soonest tone-${tone('beds.full', full().value)}`}>
            {t('beds.soonest', full().level, within(full()) ?? format().number(Math.ceil(full().value ?? 0)))}{' '}
          </span>
        )}
      </Show>
      <Show when={today()}>{(day) => <Revised of="beds" today={day()} />}</Show>{' '}
      <Show when={least().share !== null}>
        <LateLink>
          <Show
            when={aged() === 'normal'}
            fallback={<span class="tile-age">{wallPanel('aged', age(now() - (counted() ?? now())))}</span>}
          >
            {t('reported.beds', format().percent(least().share ?? 0), least().level)}
          </Show>
        </LateLink>
      </Show>
    </>
  )
  return (
    <Tile
      aside={aside()}
      title={<Definition of={BED_NUMBERS}>{t('beds.title')}</Definition>}
      class="beds"
      aged={aged()}
    >
      <table class="beds-table">
        <thead>
          <tr>
            <th scope="col">{t('beds.level')}</th>
            <th scope="col" class="beds-bar">
              <span class="visually-hidden">{t('beds.occupancy')}</span>
            </th>
            <th scope="col">{t('beds.occupancy')}</th>
            <th scope="col">{t('beds.staffed')}</th>
            <th scope="col" title={t('beds.otherLong')}>
              {t('beds.other')}
            </th>
            <th scope="col">{t('beds.available')}</th>
            <th scope="col" class="beds-full" title={t('beds.fullLong')}>
              {t('beds.full')}
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={[...BED_LEVELS].reverse()}>{(level) => <BedRow level={level} />}</For>
        </tbody>
      </table>
    </Tile>
  )
}

/** The interval of days until full in short, `3–9` or `≥3`; nothing where there is none. */
function useDaysWithin(): (full: Value) => string | undefined {
  const { format } = useLanguage()
  const days = (value: number) => format().number(Math.ceil(value))
  return ({ low, high }) => {
    if (low === undefined) return undefined
    return high == null ? `≥${days(low)}` : `${days(low)}–${days(high)}`
  }
}

function BedRow(props: { level: BedLevel }): JSX.Element {
  const t = useWords(panelWords)
  const common = useWords(commonWords)
  const { format } = useLanguage()
  const { cells, area, read } = useSubject()
  const toneOf = useTone()
  const occupancy = createMemo(() => read('beds.occupancy', { level: props.level }))
  const tone = () => toneOf('beds.occupancy', occupancy().value)
  const staffed = createMemo(() => read('beds.staffed', { level: props.level }).value ?? 0)
  const free = createMemo(() => read('beds.free', { level: props.level }).value)
  /** With what is occupied and free they make up the whole: 97 % occupied and none free is explained by them. */
  const other = createMemo(() => read('beds.other', { level: props.level }).value ?? 0)
  const full = createMemo(() => read('beds.full', { level: props.level }))
  const interval = useInterval()
  const within = useDaysWithin()
  const count = (state: BedState) => format().number(cells(`beds.${state}.${props.level}`, area))
  const [isOpen, setOpen] = createSignal(false)
  const parts = () => t('beds.parts', count('held'), count('cleaning'), count('blocked'))
  return (
    <tr>
      <th scope="row">
        <b class="beds-code">{props.level}</b> {common(`bedLevel.${LEVEL_KEYS[props.level]}`)}
      </th>
      <Show
        when={staffed() > 0}
        fallback={
          <td colspan={6} class="beds-none">
            {t(occupancy().why === 'no_beds' ? 'beds.none' : 'beds.unknown')}
          </td>
        }
      >
        <td class="beds-bar">
          <OccupancyBar occupancy={occupancy().value} />
        </td>
        <td class={`tone-${tone()}`}>
          <ToneMark tone={tone()} />
          <ListLink metric={`beds.occupied.${props.level}`}>
            <Num value={occupancy().value} percent />
          </ListLink>
        </td>
        <td>
          <ListLink metric={`beds.staffed.${props.level}`}>
            <Num value={staffed()} />
          </ListLink>
        </td>
        <td class="beds-other" title={parts()}>
          <Show when={other() > 0} fallback={<Num value={other()} />}>
            <button type="button" class="beds-parts list-link" aria-haspopup="dialog" onClick={() => setOpen(true)}>
              <Num value={other()} />
              <span class="visually-hidden">: {parts()}</span>
            </button>
          </Show>
          <Show when={isOpen()}>
            <Suspense>
              <BedParts level={props.level} close={() => setOpen(false)} />
            </Suspense>
          </Show>
        </td>
        <td class="beds-free">
          <ListLink metric={`beds.available.${props.level}`}>
            <Num value={free()} />
          </ListLink>
        </td>
        <td class={`beds-full tone-${toneOf('beds.full', full().value)}`} title={interval('days', full())}>
          <Show when={full().value !== null} fallback={full().why === 'not_within_30_days' ? t('beds.later') : '–'}>
            {t('beds.days', format().number(Math.ceil(full().value ?? 0)))}
            <Show when={within(full())}>{(days) => <span class="beds-within"> ({days()})</span>}</Show>
          </Show>
        </td>
      </Show>
    </tr>
  )
}
