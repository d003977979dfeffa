import { A, useSearchParams } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { CARE_PLACES, type CarePlace, SEVERITIES, type Severity } from '../../../../hub/wire/metrics.ts'
import { AreaName } from '../../desk/AreaName.tsx'
import { createPages } from '../../desk/createPages.ts'
import { DeskPage, useDesk } from '../../desk/DeskPage.tsx'
import { PageFoot } from '../../desk/PageFoot.tsx'
import { deskWords } from '../../desk/words.ts'
import { caseWords } from '../../i18n/caseWords.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { SeverityBadge } from '../../ui/Badge.tsx'
import { Field } from '../../ui/Field.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { type CasesPage, fetchCases, type ListFilter } from './cases.ts'
import { createDefinition } from './definition.ts'
import { Export } from './Export.tsx'
import { listWords } from './words.ts'

const PAGE = 50

/** The cases a number counts, for those who may see them: the same rule as the count, so the two cannot disagree. */
export default function ListPage(): JSX.Element {
  return (
    <DeskPage may={['case.read']} wide>
      <List />
    </DeskPage>
  )
}

function List(): JSX.Element {
  const t = useWords(listWords)
  const desk = useWords(deskWords)
  const common = useWords(commonWords)
  const session = useDesk()
  const [search, setSearch] = useSearchParams<Record<keyof ListFilter, string>>()
  const filter = (): ListFilter => ({
    area: search.area ?? session.areas[0] ?? '',
    metric: search.metric ?? '',
    day: search.day ?? '',
    severity: search.severity ?? '',
    carePlace: search.carePlace ?? '',
  })
  const definition = createDefinition(filter)
  const carePlace = useCarePlace()
  return (
    <>
      <header class="desk-head">
        <div>
          <h1>
            <AreaName code={filter().area} />
          </h1>
          <p>{t('title')}</p>
        </div>
      </header>
      <p class="desk-warning list-definition">{definition()}</p>
      <div class="desk-filter">
        <Field label={t('severity')}>
          {(aria) => (
            <select {...aria} onChange={({ currentTarget }) => setSearch({ severity: currentTarget.value || null })}>
              <option value="">{desk('all')}</option>
              <For each={SEVERITIES}>
                {(severity) => (
                  <option value={severity} selected={severity === filter().severity}>
                    {common(`severity.${severity}`)}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
        <Field label={t('carePlace')}>
          {(aria) => (
            <select {...aria} onChange={({ currentTarget }) => setSearch({ carePlace: currentTarget.value || null })}>
              <option value="">{desk('all')}</option>
              <For each={CARE_PLACES}>
                {(place) => (
                  <option value={place} selected={place === filter().carePlace}>
                    {carePlace(place)}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
        <Show when={filter().metric !== ''}>
          <A href={`/list?area=${filter().area}`}>{t('everyone')}</A>
        </Show>
        <Export filter={filter()} />
      </div>
      <p class="desk-muted">{t('noPersonal')}</p>
      <Show when={filter().area} fallback={<EmptyState title={t('chooseArea')} text={t('chooseAreaText')} />}>
        <Cases filter={filter()} />
      </Show>
    </>
  )
}

/** A place of care by name. */
export function useCarePlace(): (place: CarePlace) => string {
  const t = useWords(listWords)
  const common = useWords(commonWords)
  return (place) =>
    place === 'unknown' || place === 'waiting' || place === 'discharged' ? t(`care.${place}`) : common(`care.${place}`)
}

function Cases(props: { filter: ListFilter }): JSX.Element {
  const t = useWords(listWords)
  const need = useWords(caseWords)
  const { format } = useLanguage()
  const carePlace = useCarePlace()
  const pages = createPages(
    () => props.filter,
    async (wanted, after) => {
      const { cases, cursor }: CasesPage = await fetchCases(wanted, after, PAGE)
      return { items: cases, next: cursor }
    },
  )
  return (
    <>
      <Show when={pages.items().length > 0}>
        <p role="status" class="desk-muted">
          {t('shown', format().number(pages.items().length))}
        </p>
        <div class="desk-scroll">
          <table class="desk-table desk-cards">
            <thead>
              <tr>
                <th scope="col">{t('column.id')}</th>
                <th scope="col">{t('column.severity')}</th>
                <th scope="col">{t('column.district')}</th>
                <th scope="col">{t('column.place')}</th>
                <th scope="col">{t('column.needs')}</th>
                <th scope="col">{t('column.day')}</th>
              </tr>
            </thead>
            <tbody>
              <For each={pages.items()}>
                {(row) => (
                  <tr>
                    <th scope="row">
                      <A href={`/case/${row.id}`} aria-label={t('openCase', String(row.id))}>
                        {row.id}
                      </A>{' '}
                      {row.risk608 ? t('column.risk') : ''}
                    </th>
                    <td>
                      <SeverityBadge severity={row.severity as Severity} />
                    </td>
                    <td>
                      <AreaName code={row.district} />
                    </td>
                    <td>
                      {carePlace(row.carePlace)}
                      {row.bedLevel === null ? '' : ` · ${row.bedLevel}`}
                    </td>
                    <td>{row.needs.map(({ kind }) => need(`need.${kind}`)).join(', ')}</td>
                    <td data-label={t('column.day')}>
                      {row.reportDay.startsWith('-') ? '–' : format().day(row.reportDay)}
                    </td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </Show>
      <PageFoot pages={pages} empty={t('none')} emptyText={t('noneText')} />
    </>
  )
}
