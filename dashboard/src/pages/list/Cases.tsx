import { A } from '@solidjs/router'
import type { JSX } from 'solid-js'
import { useSpan } from '../../cases/speech.ts'
import { caseWords } from '../../i18n/caseWords.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { SeverityBadge } from '../../ui/Badge.tsx'
import { casesCsv } from './csv.ts'
import type { ListFilter } from './filter.ts'
import { fetchCases } from './lists.ts'
import { useNames } from './names.ts'
import { PagedList } from './PagedList.tsx'
import { askedBy, waitsSince } from './waits.ts'
import { listWords } from './words.ts'

/** The cases a number counts, the newest first. */
export function Cases(props: { filter: ListFilter }): JSX.Element {
  const t = useWords(listWords)
  const need = useWords(caseWords)
  const { format } = useLanguage()
  const names = useNames()
  const span = useSpan()
  const asked = () => askedBy(props.filter.metric)
  return (
    <PagedList
      filter={props.filter}
      fetch={fetchCases}
      csv={casesCsv}
      columns={[
        t('column.id'),
        t('column.severity'),
        t('column.district'),
        t('column.place'),
        t('column.needs'),
        t('column.holder'),
        t(asked() ? 'column.waits' : 'column.since'),
        t('column.day'),
      ]}
    >
      {(row) => (
        <tr>
          <th scope="row">
            <A href={`/case/${row.id}`} aria-label={t('openCase', String(row.id))}>
              {row.id}
            </A>{' '}
            {row.risk608 ? t('column.risk') : ''}
          </th>
          <td>
            <SeverityBadge severity={row.severity} />
          </td>
          <td>
            <AreaName code={row.district} />
          </td>
          <td>
            {names.place(row.carePlace)}
            {row.bedLevel === null ? '' : ` · ${row.bedLevel}`}
          </td>
          <td>{row.needs.map(({ kind }) => need(`need.${kind}`)).join(', ')}</td>
          <td data-label={t('column.holder')}>
            {[...new Set(row.needs.flatMap(({ holder }) => holder ?? []))].join(', ') || '–'}
          </td>
          <td data-label={t(asked() ? 'column.waits' : 'column.since')}>{span(hubNow() - waitsSince(row, asked()))}</td>
          <td data-label={t('column.day')}>{row.reportDay.startsWith('-') ? '–' : format().day(row.reportDay)}</td>
        </tr>
      )}
    </PagedList>
  )
}
