import { A } from '@solidjs/router'
import { createSignal, type JSX, Show } from 'solid-js'
import { FACILITY_STATES } from '../../../../hub/contract/api/lists.ts'
import { FACILITY_KINDS, type FacilityKind } from '../../../../hub/contract/vocabulary/facilities.ts'
import { isOpenAt } from '../../../../hub/contract/vocabulary/opening-hours.ts'
import { type Answer, ask } from '../../api/http.ts'
import { SelectField } from '../../forms/SelectField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { createPages } from '../../pageKit/createPages.ts'
import { useDesk } from '../../pageKit/DeskPage.tsx'
import { PagedTable } from '../../pageKit/PagedTable.tsx'
import { CountedAt } from '../../panels/CountedAt.tsx'
import { placeName } from '../../panels/subject.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { AreaSelect } from '../admin/AreaSelect.tsx'
import { ImportFile } from './ImportFile.tsx'
import './registry.css'
import { InputField } from '../../forms/InputField.tsx'
import { registryWords } from './words.ts'

type Listed = Answer<'GET /api/facilities'>['facilities'][number]
type Filter = {
  readonly area: string
  readonly q: string
  readonly kind: FacilityKind | ''
  readonly state: (typeof FACILITY_STATES)[number]
}

const SEARCH_WAIT_MS = 250

async function load({ area, q, kind, state }: Filter, cursor: string) {
  const query = { area, q, kind, state, cursor }
  const { facilities, cursor: next, total } = await ask('GET /api/facilities', { query })
  return { items: facilities, next, total }
}

/** The facilities that an account keeps: found, registered, imported and downloaded. */
export function Registry(): JSX.Element {
  const t = useWords(registryWords)
  const { format } = useLanguage()
  const { areas } = useDesk()
  const own = areas[0] ?? 'TH'
  const [filter, setFilter] = createSignal<Filter>({ area: own, q: '', kind: '', state: 'open' })
  const [importing, setImporting] = createSignal(false)
  const pages = createPages(filter, load)
  const change = (part: Partial<Filter>) => setFilter((all) => ({ ...all, ...part }))
  let waiting: ReturnType<typeof setTimeout> | undefined
  const search = (text: string) => {
    clearTimeout(waiting)
    waiting = setTimeout(() => change({ q: text.trim() }), SEARCH_WAIT_MS)
  }
  const exportPath = (type: string) =>
    `/api/registry/export?${new URLSearchParams({ area: filter().area, format: type, ...(filter().kind && { kind: filter().kind }) })}`
  return (
    <>
      <div class="desk-filter">
        <InputField label={t('find')} type="search" name="q" onText={search} />
        <SelectField
          label={t('kindLabel')}
          name="kind"
          options={['', ...FACILITY_KINDS]}
          value={filter().kind}
          text={(kind) => (kind === '' ? t('allKinds') : t(`kind.${kind}`))}
          onChange={(kind) => change({ kind })}
        />
        <SelectField
          label={t('stateLabel')}
          name="state"
          options={FACILITY_STATES}
          value={filter().state}
          text={(state) => t(`state.${state}`)}
          onChange={(state) => change({ state })}
        />
        <Show when={own === 'TH'}>
          <div class="registry-area">
            <AreaSelect
              value={filter().area === 'TH' ? '' : filter().area}
              none={t('area')}
              onChange={(area) => change({ area: area || 'TH' })}
            />
          </div>
        </Show>
      </div>
      <div class="desk-buttons registry-actions">
        <A class="button button-primary" href="/facilities/new">
          {t('new')}
        </A>
        <Button aria-expanded={importing()} onClick={() => setImporting((shown) => !shown)}>
          {t('import')}
        </Button>
        <span class="registry-files">
          {t('export')}{' '}
          <a href={exportPath('csv')} download="">
            CSV
          </a>{' '}
          <a href={exportPath('xlsx')} download="">
            XLSX
          </a>
        </span>
        <span class="registry-files">
          {t('template')}{' '}
          <a href="/api/registry/template?format=csv" download="">
            CSV
          </a>{' '}
          <a href="/api/registry/template?format=xlsx" download="">
            XLSX
          </a>
        </span>
      </div>
      <Show when={importing()}>
        <ImportFile onWritten={pages.reload} />
      </Show>
      <Show when={pages.total() !== null}>
        <p class="desk-muted" role="status">
          {t('total', format().number(pages.total() ?? 0))}
        </p>
      </Show>
      <PagedTable
        pages={pages}
        columns={[t('column.name'), t('column.district'), t('column.map'), t('column.hours'), t('column.reported'), '']}
        empty={t('none')}
        emptyText={t('noneText')}
      >
        {(row) => <Row row={row} />}
      </PagedTable>
    </>
  )
}

function Row(props: { row: Listed }): JSX.Element {
  const t = useWords(registryWords)
  const { language } = useLanguage()
  const { row } = props
  const open = () => isOpenAt(row.hours, hubNow())
  const name = () => placeName(row, language())
  return (
    <tr classList={{ 'desk-off': !row.active }}>
      <th scope="row">
        {name()}{' '}
        <Show when={!row.active}>
          <Badge tone="warn">{t('closed')}</Badge>
        </Show>
        <small>
          {t(`kind.${row.kind}`)}
          {row.code === null ? '' : ` · ${row.code}`}
        </small>
      </th>
      <td data-label={t('column.district')}>
        <AreaName code={row.district} />
      </td>
      <td data-label={t('column.map')}>{row.lat === null ? t('offMap') : t('onMap')}</td>
      <td data-label={t('column.hours')}>
        {row.hours ?? '–'}
        <Show when={open() !== undefined}>
          <small>{open() ? t('openNow') : t('shutNow')}</small>
        </Show>
      </td>
      <td data-label={t('column.reported')}>
        <CountedAt at={row.reportedAt} />
      </td>
      <td class="desk-row-actions">
        <A class="button button-plain" href={`/facilities/${row.id}`}>
          {t('edit')}
          <span class="visually-hidden"> {name()}</span>
        </A>
      </td>
    </tr>
  )
}
