import { type JSX, Show } from 'solid-js'
import { AreaName } from '../../desk/AreaName.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { CountedAt } from '../../panels/CountedAt.tsx'
import { placeName } from '../../panels/subject.tsx'
import { facilityWords } from '../facility/words.ts'
import { facilitiesCsv } from './csv.ts'
import type { ListFilter } from './filter.ts'
import { fetchFacilities, type ListedFacility } from './lists.ts'
import { PagedList } from './PagedList.tsx'
import { listWords } from './words.ts'

const SHOWN = ['occupied', 'available', 'staffed'] as const

/** The facilities behind a number of beds of one level, or of doses; the largest first. */
export function Facilities(props: { filter: ListFilter }): JSX.Element {
  const t = useWords(listWords)
  const facility = useWords(facilityWords)
  const level = () => (props.filter.metric.startsWith('beds.') ? props.filter.metric.split('.').slice(2).join('.') : '')
  const columns = () =>
    level() === '' ? [{ number: t('column.doses') }] : SHOWN.map((state) => ({ number: facility(`state.${state}`) }))
  return (
    <PagedList
      filter={props.filter}
      fetch={fetchFacilities}
      csv={facilitiesCsv}
      columns={[t('column.facility'), t('column.district'), ...columns(), t('column.reported')]}
    >
      {(row) => <FacilityRow row={row} level={level()} />}
    </PagedList>
  )
}

function FacilityRow(props: { row: ListedFacility; level: string }): JSX.Element {
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
          <td class="desk-number" data-label={t('column.doses')}>
            {format().number(row.amount)}
          </td>
        }
      >
        {(of) =>
          SHOWN.map((state) => (
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
