import { A, useSearchParams } from '@solidjs/router'
import { createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js'
import OwnAlerts from '../../alerts/OwnAlerts.tsx'
import { type Answer, ask } from '../../api/http.ts'
import '../../care/care.css'
import { careWords } from '../../care/planWords.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { AreaSwitch } from '../../pageKit/AreaSwitch.tsx'
import { createPages } from '../../pageKit/createPages.ts'
import { DeskPage, useDesk } from '../../pageKit/DeskPage.tsx'
import { PagedTable } from '../../pageKit/PagedTable.tsx'
import { covers } from '../../pageKit/session.ts'
import { areaNames } from '../../places/areas.ts'
import { SeverityBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/State.tsx'

type Listed = Answer<'GET /api/care'>
type Person = Listed['people'][number]
type Place = NonNullable<Listed['places']>[number]
type Shown = 'uncalled' | 'all'

/** People of one page, as the hub gives them. */
const PAGE = 50
/** For the names of places, before the rows are shown without them. */
const NAMES_MS_MAX = 1_500
/** The list begins anew this often while somebody looks: others call meanwhile. */
const REFRESH_MS = 30_000

/** `/care`: who is at home and was not called today, the worst sub-district first. */
export default function CarePage(): JSX.Element {
  const t = useWords(careWords)
  return (
    <DeskPage title={[t('list.title')]} may={['case.read']} wide>
      <OwnAlerts />
      <Care />
    </DeskPage>
  )
}

function Care(): JSX.Element {
  const t = useWords(careWords)
  const { format, language } = useLanguage()
  const session = useDesk()
  const [search, setSearch] = useSearchParams<{ area?: string; show?: string; of?: string }>()
  const own = () => (search.of && covers(session.areas, search.of) ? search.of : (session.areas[0] ?? 'TH'))
  const area = () => search.area ?? own()
  const shown = (): Shown => (search.show === 'all' ? 'all' : 'uncalled')
  const [counted, setCounted] = createSignal<{ readonly of: string; readonly counts: Listed['counts'] }>()
  /** `null`: not known of this area */
  const counts = () => (counted()?.of === area() ? (counted()?.counts ?? null) : null)
  const [places, setPlaces] = createSignal<readonly Place[]>([])
  const said = (count: number | undefined) => (count === undefined ? '–' : format().number(count))
  const pages = createPages(
    () => ({ area: area(), show: shown() }),
    async ({ area: of, show }, cursor) => {
      const answer = await ask('GET /api/care', { query: { area: of, show, ...(cursor !== '' && { cursor }) } })
      // Names come with the rows: a table that is drawn anew for each of them jumps.
      const codes = new Set([...answer.people, ...(answer.places ?? [])].map(({ place }) => place))
      const names = Promise.allSettled([...codes].map((code) => areaNames(code, language())))
      await Promise.race([names, new Promise((resolve) => setTimeout(resolve, NAMES_MS_MAX))])
      if (answer.places) setPlaces(answer.places)
      if (answer.counts) setCounted({ of, counts: answer.counts })
      return { items: answer.people, next: answer.cursor, total: answer.total }
    },
  )
  onMount(() => {
    const timer = setInterval(() => {
      // Whoever has gone on to the next page keeps their place.
      if (document.visibilityState === 'visible' && pages.items().length <= PAGE) pages.reload()
    }, REFRESH_MS)
    onCleanup(() => clearInterval(timer))
  })
  return (
    <>
      <header class="desk-head">
        <div>
          <h1>
            {t('list.title')} · <AreaName code={area()} />
          </h1>
          <p role="status" data-uncalled={counts()?.uncalled}>
            {t('list.number', said(counts()?.uncalled), said(counts()?.all))}
          </p>
        </div>
      </header>
      <AreaSwitch areas={session.areas} chosen={own()} choose={(code) => setSearch({ of: code, area: undefined })} />
      <Show when={covers(session.areas, area())} fallback={<EmptyState title={t('list.outside')} />}>
        <div class="care-shown">
          <For each={['uncalled', 'all'] as const}>
            {(one) => (
              <Button aria-pressed={shown() === one} data-show={one} onClick={() => setSearch({ show: one })}>
                {t(`list.${one}`)}
              </Button>
            )}
          </For>
          <Show when={search.area}>
            <Button onClick={() => setSearch({ area: undefined })}>{t('list.everywhere')}</Button>
          </Show>
        </div>
        <Show when={area().length < 6 && places().length > 0}>
          <Places places={places()} choose={(code) => setSearch({ area: code })} />
        </Show>
        <PagedTable
          pages={pages}
          columns={[t('list.person'), t('list.place'), t('list.care'), t('list.contact'), t('list.keeper')]}
          empty={t(shown() === 'all' ? 'list.emptyAll' : 'list.empty')}
        >
          {(person) => <PersonRow person={person} />}
        </PagedTable>
      </Show>
    </>
  )
}

function Places(props: { places: readonly Place[]; choose(code: string): void }): JSX.Element {
  const t = useWords(careWords)
  const { format } = useLanguage()
  return (
    <section class="desk-card">
      <h2>{t('list.places')}</h2>
      <div class="desk-scroll">
        <table class="desk-table desk-cards">
          <thead>
            <tr>
              <th scope="col">{t('list.place')}</th>
              <th scope="col" class="desk-number">
                {t('list.uncalled')}
              </th>
              <th scope="col" class="desk-number">
                {t('list.red')}
              </th>
              <th scope="col" class="desk-number">
                {t('list.total')}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.places}>
              {(place) => (
                <tr data-place={place.place}>
                  <th scope="row">
                    <Button onClick={() => props.choose(place.place)}>
                      <AreaName code={place.place} />
                    </Button>
                  </th>
                  <td class="desk-number" data-label={t('list.uncalled')}>
                    {format().number(place.uncalled)}
                  </td>
                  <td class="desk-number" data-label={t('list.red')}>
                    {format().number(place.red)}
                  </td>
                  <td class="desk-number" data-label={t('list.total')}>
                    {format().number(place.total)}
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </section>
  )
}

function PersonRow(props: { person: Person }): JSX.Element {
  const t = useWords(careWords)
  const { format } = useLanguage()
  const { person } = props
  return (
    <tr data-case={person.case}>
      <th scope="row">
        <span class="care-case">
          <A href={`/case/${person.case}`}>{person.case}</A>
          <SeverityBadge severity={person.severity} />
          {person.risk608 ? '608' : ''}
        </span>
      </th>
      <td data-label={t('list.place')}>
        <AreaName code={person.place} />
      </td>
      <td data-label={t('list.care')}>{t(`carePlace.${person.carePlace}`)}</td>
      <td data-label={t('list.contact')}>
        {person.contactedAt === null ? t('list.never') : format().moment(person.contactedAt, hubNow())}
      </td>
      <td data-label={t('list.keeper')}>{person.keeper ?? '–'}</td>
    </tr>
  )
}
