import { A } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { BED_STATES } from '../../../../hub/contract/vocabulary/beds.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { CountedAt } from '../../panels/CountedAt.tsx'
import { listHref } from '../../panels/lists.ts'
import { placeName } from '../../panels/subject.tsx'
import { facilityWords } from '../facility/words.ts'
import { facilitiesCsv } from './csv.ts'
import type { ListFilter } from './filter.ts'
import { fetchFacilities, type ListedFacility } from './lists.ts'
import { PagedList } from './PagedList.tsx'
import { listWords } from './words.ts'

/** What is counted of each facility. */
function countedOf(metric: string): 'doses' | 'sites' | 'beds' | 'stock' {
  if (metric.startsWith('doses')) return 'doses'
  if (metric.startsWith('stock')) return metric.startsWith('stock.on_hand') ? 'stock' : 'sites'
  return metric.startsWith('sites') ? 'sites' : 'beds'
}

/** The facilities behind a number of beds of one level, or of doses; the largest first. */
export function Facilities(props: { filter: ListFilter }): JSX.Element {
  const t = useWords(listWords)
  const facility = useWords(facilityWords)
  /** a count of its own, as of those that were not counted in time, stands alone */
  const level = () => /^beds\.(?!late)\w+\.(.+)$/.exec(props.filter.metric)?.[1] ?? ''
  const columns = () =>
    level() === ''
      ? [{ number: t(`column.${countedOf(props.filter.metric)}`) }]
      : BED_STATES.map((state) => ({ number: facility(`state.${state}`) }))
  return (
    <PagedList
      filter={props.filter}
      fetch={fetchFacilities}
      csv={facilitiesCsv}
      columns={[t('column.facility'), t('column.district'), ...columns(), t('column.reported')]}
    >
      {(row) =>
        row.id === null ? (
          <Unnamed filter={props.filter} doses={row.amount} />
        ) : (
          <FacilityRow row={row} level={level()} counted={t(`column.${countedOf(props.filter.metric)}`)} />
        )
      }
    </PagedList>
  )
}

/** Doses that a district reported without a site: with them the rows are the number. */
function Unnamed(props: { filter: ListFilter; doses: number }): JSX.Element {
  const t = useWords(listWords)
  const { format } = useLanguage()
  const href = () => {
    const { area, day, days } = props.filter
    return listHref({ area, metric: 'doses', day: day || undefined, days: Number(days) })
  }
  return (
    <tr>
      <th scope="row">{t('report.district')}</th>
      <td>
        <AreaName code={props.filter.area} />
      </td>
      <td class="desk-number" data-label={t('column.doses')}>
        <A href={href()}>{format().number(props.doses)}</A>
      </td>
      <td class="desk-none">–</td>
    </tr>
  )
}

function FacilityRow(props: { row: ListedFacility; level: string; counted: string }): JSX.Element {
  const t = useWords(listWords)
  const facility = useWords(facilityWords)
  const { format, language } = useLanguage()
  const { row } = props
  const beds = () => row.beds.find(({ level }) => level === props.level)
  return (
    <tr>
      <th scope="row">
        {placeName(row, language())}
        <small>{facility(`kind.${row.kind}`)}</small>
      </th>
      <td>
        <AreaName code={row.district} />
      </td>
      <Show
        when={beds()}
        fallback={
          <td class="desk-number" data-label={props.counted}>
            {format().number(row.amount)}
          </td>
        }
      >
        {(of) =>
          BED_STATES.map((state) => (
            <td class="desk-number" data-label={facility(`state.${state}`)}>
              {format().number(of()[state])}
            </td>
          ))
        }
      </Show>
      <td data-label={t('column.reported')}>
        <CountedAt at={row.reportedAt} />
      </td>
    </tr>
  )
}
