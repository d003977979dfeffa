import { useSearchParams } from '@solidjs/router'
import { createSignal, For, type JSX, Show } from 'solid-js'
import OwnAlerts from '../../alerts/OwnAlerts.tsx'
import { ask } from '../../api/http.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { createPages } from '../../pageKit/createPages.ts'
import { DeskPage, useDesk } from '../../pageKit/DeskPage.tsx'
import { PagedTable } from '../../pageKit/PagedTable.tsx'
import { covers } from '../../pageKit/session.ts'
import { CountedAt } from '../../panels/CountedAt.tsx'
import { placeName } from '../../panels/subject.tsx'
import { CallDesk } from '../../sites/CallDesk.tsx'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { facilityWords } from '../facility/words.ts'
import { type LateFacility, type LateProvince, lateAreaOf } from './late.ts'
import { lateWords } from './words.ts'

/** Who is late with a report, by name: what a tile's "27 of 77" leads to. */
export default function LatePage(): JSX.Element {
  const t = useWords(lateWords)
  return (
    <DeskPage title={[t('title')]} may={['report.read']} wide>
      <OwnAlerts />
      <Late />
    </DeskPage>
  )
}

function Late(): JSX.Element {
  const t = useWords(lateWords)
  const { format } = useLanguage()
  const session = useDesk()
  const [search] = useSearchParams<{ area?: string }>()
  const area = () => lateAreaOf(search.area, session.areas)
  const [provinces, setProvinces] = createSignal<readonly LateProvince[]>()
  const [day, setDay] = createSignal<string>()
  const pages = createPages(area, async (of, cursor) => {
    const answer = await ask('GET /api/late', { query: { area: of, cursor } })
    setProvinces(answer.provinces)
    setDay(answer.day)
    return { items: answer.facilities, next: answer.cursor, total: answer.total }
  })
  return (
    <>
      <header class="desk-head">
        <div>
          <h1>
            {t('title')} · <AreaName code={area()} />
          </h1>
        </div>
      </header>
      <Show when={covers(session.areas, area())} fallback={<EmptyState title={t('outside')} />}>
        <Show when={area().length === 2 && provinces()}>
          {(late) => (
            <section class="desk-card">
              <h2>
                {t('provinces')} <Show when={day()}>{(of) => t('ofDay', format().day(of()))}</Show>
              </h2>
              <Show when={late().length > 0} fallback={<p>{t('allProvinces')}</p>}>
                <ul class="late-provinces">
                  <For each={late()}>
                    {({ code, flows }) => (
                      <li>
                        <AreaName code={code} />: {flows.map((flow) => t(`flow.${flow}`)).join(', ')}
                      </li>
                    )}
                  </For>
                </ul>
              </Show>
            </section>
          )}
        </Show>
        {/* Below the provinces once they are known: they would push it down. */}
        <Show when={area().length !== 2 || provinces() || pages.state() === 'failed'} fallback={<PageSkeleton />}>
          <section>
            <h2>{t('facilities')}</h2>
            <PagedTable
              pages={pages}
              columns={(['facility', 'district', 'deadline', 'reported', 'call'] as const).map((of) =>
                t(`column.${of}`),
              )}
              empty={t('noFacilities')}
            >
              {(row) => <FacilityRow row={row} />}
            </PagedTable>
          </section>
        </Show>
      </Show>
    </>
  )
}

function FacilityRow(props: { row: LateFacility }): JSX.Element {
  const t = useWords(lateWords)
  const facility = useWords(facilityWords)
  const { language, format } = useLanguage()
  const { row } = props
  return (
    <tr>
      <th scope="row">
        {placeName(row, language())}
        <small>{facility(`kind.${row.kind}`)}</small>
      </th>
      <td>
        <AreaName code={row.district} />
      </td>
      <td data-label={t('column.deadline')}>{row.hours === null ? '–' : t('every', format().number(row.hours))}</td>
      <td data-label={t('column.reported')}>
        <Show when={row.reportedAt !== null} fallback={t('never')}>
          <CountedAt at={row.reportedAt} />
        </Show>
      </td>
      <td data-label={t('column.call')}>
        <Show when={row.contact} fallback="–">
          {(contact) => <CallDesk contact={contact()} />}
        </Show>
      </td>
    </tr>
  )
}
