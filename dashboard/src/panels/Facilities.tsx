import { createMemo, For, type JSX, Show } from 'solid-js'
import type { RowObject } from '../../../hub/contract/live/rows.ts'
import { BED_LEVELS, type BedLevel } from '../../../hub/contract/vocabulary/beds.ts'
import { FACILITY_KINDS } from '../../../hub/contract/vocabulary/facilities.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { EmptyState } from '../ui/State.tsx'
import { Tile } from '../ui/Tile.tsx'
import { oldestCount } from './ages.ts'
import { OccupancyBar } from './Beds.tsx'
import { CountedAt } from './CountedAt.tsx'
import { Definition } from './Definition.tsx'
import './Facilities.css'
import { ListLink } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { LateLink } from './Reported.tsx'
import { useSubject } from './subject.tsx'
import { UnitSums } from './UnitSums.tsx'
import { useTone } from './useThresholds.ts'
import { panelWords } from './words.ts'

type Facility = RowObject<'facility'>
type BedRow = RowObject<'beds'>

/** Facilities that have beds, hospitals first, with the beds of each level. */
export function facilitiesWithBeds(facilities: readonly Facility[], beds: readonly BedRow[]) {
  const byFacility = new Map<string, Map<BedLevel, BedRow>>()
  for (const row of beds) {
    const id = String(row.facility)
    const levels = byFacility.get(id) ?? new Map<BedLevel, BedRow>()
    byFacility.set(id, levels.set(row.level, row))
  }
  return facilities
    .flatMap((facility) => {
      const levels = byFacility.get(facility.id)
      return levels ? [{ facility, levels }] : []
    })
    .sort((a, b) => order(a.facility) - order(b.facility) || Number(a.facility.id) - Number(b.facility.id))
}

function order(facility: Facility): number {
  return FACILITY_KINDS.indexOf(facility.kind)
}

const SITES = ['reporting.sites'] as const

export function Facilities(): JSX.Element {
  const t = useWords(panelWords)
  const { language, format } = useLanguage()
  const { live, scope, read } = useSubject()
  const inTime = createMemo(() => read('reporting.sites'))
  const rows = createMemo(() => facilitiesWithBeds(live.rows(scope, 'facility'), live.rows(scope, 'beds')))
  const levels = [...BED_LEVELS].reverse()
  const name = (facility: Facility) => (language() === 'th' ? facility.nameTh : facility.nameEn)
  return (
    <Tile
      title={<Definition of={SITES}>{t('facilities.title')}</Definition>}
      aside={
        <Show when={inTime().reported < inTime().parts}>
          <LateLink>
            {t('numbers.share.sites', format().number(inTime().reported), format().number(inTime().parts))}
          </LateLink>
        </Show>
      }
      class="facilities"
    >
      <UnitSums />
      <Show when={rows().length > 0} fallback={<EmptyState title={t('facilities.empty')} />}>
        <section class="facilities-scroll" tabindex="0" aria-label={t('facilities.title')}>
          <table class="facilities-table">
            <thead>
              <tr>
                <th scope="col">{t('facilities.facility')}</th>
                <For each={levels}>
                  {(level) => (
                    <th scope="col">
                      {t('beds.level')} {level}
                    </th>
                  )}
                </For>
                <th scope="col">{t('facilities.reported')}</th>
              </tr>
            </thead>
            <tbody>
              <For each={rows()}>
                {(row) => (
                  <tr>
                    <th scope="row">
                      {name(row.facility)}
                      <small>{t(`facilities.kind.${row.facility.kind}`)}</small>
                    </th>
                    <For each={levels}>
                      {(level) => (
                        <FacilityBeds beds={row.levels.get(level)} level={level} district={row.facility.district} />
                      )}
                    </For>
                    <td>
                      <CountedAt at={oldestCount(row.levels.values())} />
                    </td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </section>
      </Show>
    </Tile>
  )
}

function FacilityBeds(props: { beds: BedRow | undefined; level: BedLevel; district: string }): JSX.Element {
  const t = useWords(panelWords)
  const { format } = useLanguage()
  const tone = useTone()
  const staffed = () => props.beds?.staffed ?? 0
  const available = () => props.beds?.available ?? 0
  const occupancy = () => (staffed() > 0 ? (props.beds?.occupied ?? 0) / staffed() : null)
  return (
    <td class={`facilities-beds tone-${tone('beds.occupancy', occupancy())}`}>
      <Show when={staffed() > 0} fallback={<span class="facilities-none">–</span>}>
        <span title={t('facilities.free', format().number(available()), format().number(staffed()))}>
          <ListLink area={props.district} metric={`beds.available.${props.level}`}>
            <Num value={available()} />
          </ListLink>
          <small> / {format().number(staffed())}</small>
        </span>
        <OccupancyBar occupancy={occupancy()} />
      </Show>
    </td>
  )
}
