import { A } from '@solidjs/router'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { BED_LEVELS } from '../../../../hub/contract/vocabulary/beds.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { DeskPage, useDesk } from '../../pageKit/DeskPage.tsx'
import { covers, provincesOf } from '../../pageKit/session.ts'
import { oldestCount } from '../../panels/ages.ts'
import { CountedAt } from '../../panels/CountedAt.tsx'
import { SubjectProvider } from '../../panels/SubjectProvider.tsx'
import { placeName, useSubject } from '../../panels/subject.tsx'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { BedImport } from './BedImport.tsx'
import { FACILITY_ACTIONS, Kind, reportsFor } from './FacilityPage.tsx'
import './facility.css'
import { PlanForm } from './PlanForm.tsx'
import { QueuedReports, ReportQueueProvider } from './ReportQueue.tsx'
import { facilityWords } from './words.ts'

const LEVELS = [...BED_LEVELS].reverse()

/** The facilities an account may report for, with their free beds by level as the walls show them. */
export default function FacilityListPage(): JSX.Element {
  const t = useWords(facilityWords)
  return (
    <DeskPage title={[t('mine')]} may={FACILITY_ACTIONS} wide>
      <header class="desk-head">
        <div>
          <h1>{t('mine')}</h1>
          <p>{t('mineLead')}</p>
        </div>
      </header>
      {/* Above what comes late: a list that pushed it down took the press of whoever was at its button. */}
      <ImportOfBeds />
      <ReportQueueProvider>
        <QueuedReports />
      </ReportQueueProvider>
      <Provinces />
    </DeskPage>
  )
}

function ImportOfBeds(): JSX.Element {
  const session = useDesk()
  return (
    <Show when={session.may.includes('facility.report')}>
      <BedImport />
    </Show>
  )
}

function Provinces(): JSX.Element {
  const t = useWords(facilityWords)
  const session = useDesk()
  const none = () => <EmptyState title={t('none')} text={t('noneText')} />
  return (
    <For each={provincesOf(session.areas)} fallback={none()}>
      {(province) => (
        <SubjectProvider area={province} loading={<PageSkeleton />} unknown={none()}>
          <Facilities none={none()} />
          <ProvincePlan />
        </SubjectProvider>
      )}
    </For>
  )
}

/** What the province plans beside its sites. */
function ProvincePlan(): JSX.Element {
  const session = useDesk()
  const { area, today } = useSubject()
  return (
    <Show when={session.may.includes('vaccination.plan') && covers(session.areas, area) && today()} keyed>
      {(day) => <PlanForm area={area} today={day} />}
    </Show>
  )
}

function Facilities(props: { none: JSX.Element }): JSX.Element {
  const t = useWords(facilityWords)
  const { language, format } = useLanguage()
  const session = useDesk()
  const { live, scope, area, loaded } = useSubject()
  const mine = createMemo(() => live.rows(scope, 'facility').filter((row) => reportsFor(session, row.id, row.district)))
  const free = (facility: string, level: string) =>
    live.rows(scope, 'beds').find((row) => String(row.facility) === facility && row.level === level)
  const ventilators = (facility: string) =>
    live.rows(scope, 'unit').find((row) => String(row.facility) === facility && row.kind === 'ventilator')
  const oldest = (facility: string) =>
    oldestCount(live.rows(scope, 'beds').filter((row) => String(row.facility) === facility))
  return (
    <Show
      when={mine().length > 0}
      fallback={
        <Show when={loaded()} fallback={<PageSkeleton />}>
          {props.none}
        </Show>
      }
    >
      <div class="desk-scroll">
        <table class="desk-table desk-cards">
          <thead>
            <tr>
              <th scope="col">{t('mine')}</th>
              <For each={LEVELS}>
                {(level) => (
                  <th scope="col" class="desk-number">
                    {t('level', level)}
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={mine()}>
              {(row) => (
                <tr>
                  <th scope="row">
                    <A href={`/facility/${row.id}?province=${area}`}>{placeName(row, language())}</A>
                    <small>
                      <Kind kind={row.kind} /> · <AreaName code={row.district} /> ·{' '}
                      <Show when={oldest(row.id)} fallback={t('never')}>
                        {(at) => (
                          <>
                            {t('counted')} <CountedAt at={at()} />
                          </>
                        )}
                      </Show>
                      <Show when={ventilators(row.id)}>
                        {(found) => (
                          <>
                            {' '}
                            · {t('unit.ventilator')} {format().number(found().total - found().inUse)} /{' '}
                            {format().number(found().total)}
                          </>
                        )}
                      </Show>
                    </small>
                  </th>
                  <For each={LEVELS}>
                    {(level) => (
                      <Show when={free(row.id, level)} fallback={<td class="desk-number desk-none">–</td>}>
                        {(beds) => (
                          <td class="desk-number" data-label={t('level', level)}>
                            {t('state.available')} <b>{format().number(beds().available)}</b> /{' '}
                            {format().number(beds().staffed)}
                          </td>
                        )}
                      </Show>
                    )}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </Show>
  )
}
