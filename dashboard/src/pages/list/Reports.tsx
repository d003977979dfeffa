import { type JSX, Show } from 'solid-js'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { placeName } from '../../panels/subject.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { facilityWords } from '../facility/words.ts'
import { reportsCsv } from './csv.ts'
import type { ListFilter } from './filter.ts'
import { fetchReports, type ListedReport } from './lists.ts'
import { PagedList } from './PagedList.tsx'
import { listWords } from './words.ts'

/** What sites and districts reported: doses, or tests, each with its late rows and corrections; and plans beside what was done of them. */
export function Reports(props: { filter: ListFilter }): JSX.Element {
  const t = useWords(listWords)
  const ofDoses = () => /^(doses|given)/.test(props.filter.metric)
  const ofPlans = () => props.filter.metric === 'planned'
  return (
    <PagedList
      filter={props.filter}
      fetch={fetchReports}
      csv={reportsCsv}
      columns={[
        t(ofDoses() || ofPlans() ? 'column.facility' : 'column.district'),
        t('column.what'),
        ofDoses() ? t('column.group') : { number: t(ofPlans() ? 'column.given' : 'column.positive') },
        { number: t('column.count') },
        t('column.day'),
        t('column.recorded'),
      ]}
    >
      {(row) => <ReportRow row={row} />}
    </PagedList>
  )
}

function ReportRow(props: { row: ListedReport }): JSX.Element {
  const t = useWords(listWords)
  const facility = useWords(facilityWords)
  const { format, language } = useLanguage()
  const { row } = props
  const nowhere = () => (row.kind === 'plan' ? t('report.province') : row.dose !== null && t('report.district'))
  return (
    <tr>
      <th scope="row">
        <Show when={row.facility} fallback={nowhere()}>
          {(site) => placeName(site(), language())}
        </Show>
        <small>
          <AreaName code={row.district} />
        </small>
      </th>
      <td>
        {row.dose === null ? t(`report.${row.kind}`) : t('number.dose', String(row.dose))}{' '}
        <Show when={row.kind === 'late' || row.kind === 'correction'}>
          <Badge tone="warn">{t(`report.${row.kind}`)}</Badge>
        </Show>
      </td>
      <Show
        when={row.group}
        fallback={
          <td class="desk-number" data-label={t(row.kind === 'plan' ? 'column.given' : 'column.positive')}>
            {format().number(row.given ?? row.positive ?? 0)}
          </td>
        }
      >
        {(group) => (
          <td>
            {facility(`group.${group()}`)}
            <Show when={row.vaccine !== 'unknown' && row.vaccine}>
              {(vaccine) => <small>{facility(`vaccine.${vaccine()}`)}</small>}
            </Show>
          </td>
        )}
      </Show>
      <td class="desk-number" data-label={t('column.count')}>
        {format().number(row.amount)}
      </td>
      <td data-label={t('column.day')}>{format().day(row.day)}</td>
      <td data-label={t('column.recorded')}>
        {format().moment(row.recordedAt, hubNow())}
        <Show when={row.deviceAt}>
          {(said) => (
            <small class="list-device-time">
              ⚠ {t('report.deviceTime', `${format().day(bangkokDay(said()))} ${format().time(said())}`)}
            </small>
          )}
        </Show>
      </td>
    </tr>
  )
}
