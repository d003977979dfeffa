import { A, useNavigate, useParams } from '@solidjs/router'
import { createSignal, For, type JSX, Show, Suspense, untrack } from 'solid-js'
import type { Scope } from '../../../../hub/contract/live/scopes.ts'
import { NATION } from '../../../../hub/contract/vocabulary/areas.ts'
import { AlertStrip } from '../../alerts/AlertStrip.tsx'
import { alertScopes } from '../../alerts/alerts.ts'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Beds } from '../../panels/Beds.tsx'
import { Care } from '../../panels/Care.tsx'
import { CommandStrip } from '../../panels/CommandStrip.tsx'
import { CurvePanel } from '../../panels/CurvePanel.tsx'
import { Deaths } from '../../panels/Deaths.tsx'
import { Doses } from '../../panels/Doses.tsx'
import { ExerciseBand, useExercise } from '../../panels/ExerciseBand.tsx'
import { Facilities } from '../../panels/Facilities.tsx'
import { FreshnessBanner, FreshnessBar } from '../../panels/FreshnessBar.tsx'
import type { Choice } from '../../panels/indicators.ts'
import { ListLinks } from '../../panels/ListLink.tsx'
import { MapPanel } from '../../panels/MapPanel.tsx'
import { NewCases } from '../../panels/NewCases.tsx'
import { OnceKnown } from '../../panels/OnceKnown.tsx'
import { Ranking } from '../../panels/Ranking.tsx'
import { createRanked } from '../../panels/readings.ts'
import { SubjectProvider } from '../../panels/SubjectProvider.tsx'
import { placeName, useSubject } from '../../panels/subject.tsx'
import { Unclaimed } from '../../panels/Unclaimed.tsx'
import { type FreshnessView, useFreshness } from '../../panels/useFreshness.ts'
import { Waiting } from '../../panels/Waiting.tsx'
import { panelWords } from '../../panels/words.ts'
import { type SignedIn, sessionState } from '../../session/account.ts'
import { SiteHead } from '../../session/SiteHead.tsx'
import { part } from '../../ui/part.tsx'
import { PageSkeleton, Skeleton } from '../../ui/Skeleton.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { Tile } from '../../ui/Tile.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { BriefingButtons } from '../period/BriefingButtons.tsx'
import '../../panels/panels.css'
import './ProvincePage.css'
import { provinceWords } from './words.ts'

const AllNumbers = part(() => import('../../panels/AllNumbers.tsx'))
const Brief = part(() => import('./brief/Brief.tsx'))

/** A province on a laptop or a phone, for a governor or a district chief. */
export default function ProvincePage(): JSX.Element {
  const params = useParams<{ code: string }>()
  return (
    <Show when={params.code} keyed>
      {(code) => (
        <SubjectProvider rests area={code} also={besidesOf(code)} loading={<PageSkeleton />}>
          <ListLinks>
            <ProvinceScreen />
          </ListLinks>
        </SubjectProvider>
      )}
    </Show>
  )
}

/** Who may see it has the board of the province in the same session: the answers of Brief.tsx are about its cases. */
function governing(code: string): SignedIn | undefined {
  const state = sessionState()
  if (state.kind !== 'in' || !state.session.may.includes('board.read')) return undefined
  return state.session.areas.some((area) => area === NATION || area.startsWith(code)) ? state.session : undefined
}

const besidesOf = (code: string): readonly Scope[] => [
  ...(governing(code) ? [`board:${code}` as const] : []),
  ...alertScopes(sessionState(), code),
]

function ProvinceScreen(): JSX.Element {
  const t = useWords(provinceWords)
  const panel = useWords(panelWords)
  const subject = useSubject()
  const exercise = useExercise()
  const view = useFreshness()
  const [choice, choose] = createSignal<Choice>({ indicator: 'incidence', level: '3' })
  /** as when the session was opened, which follows the board or does not */
  const isGoverned = untrack(() => governing(subject.area) !== undefined)
  const alerts = untrack(() => alertScopes(sessionState(), subject.area)[0])
  const ranked = createRanked(subject, choice, subject.today)
  return (
    <main class="province panels" data-exercise={exercise()} data-freshness={view.state().kind}>
      <OnceKnown view={view}>
        <div class="province-top">
          <ExerciseBand />
          <FreshnessBanner view={view} />
        </div>
        <SiteHead />
        <Show when={alerts}>{(scope) => <AlertStrip scope={scope()} area={subject.area} leads />}</Show>
        <CommandStrip place="pages" now={view.now()} />
        <ProvinceHead />
        <AsOf view={view} />
        <Show when={subject.rounded}>
          <p class="province-rounded">{t('rounded')}</p>
        </Show>
        <Show when={subject.today()} fallback={<EmptyState title={t('waitingForData')} />}>
          {(today) => (
            <Suspense fallback={<Skeleton height="100dvh" />}>
              <Show when={isGoverned && governing(subject.area)}>{(session) => <Brief session={session()} />}</Show>
              <div class="province-body">
                <NewCases today={today()} />
                <Waiting />
                <Care />
                <Beds />
                <Deaths today={today()} />
                <Doses today={today()} />
                <MapPanel today={today()} choice={choice()} choose={choose} ranked={ranked()} />
                <Ranking today={today()} choice={choice()} ranked={ranked()} />
                <Unclaimed />
                <CurvePanel of="cases" today={today()} />
                <CurvePanel of="doses" today={today()} />
                <Tile title={panel('numbers.title')} class="all-numbers" id="numbers">
                  <Suspense fallback={<Skeleton height="40rem" />}>
                    <AllNumbers today={today()} />
                  </Suspense>
                </Tile>
                <Facilities />
              </div>
            </Suspense>
          )}
        </Show>
        <FreshnessBar view={view} />
      </OnceKnown>
    </main>
  )
}

/** On paper alone: of which moment the numbers are, as a screen says by its age. */
function AsOf(props: { view: FreshnessView }): JSX.Element {
  const t = useWords(provinceWords)
  const { format } = useLanguage()
  const at = () => props.view.now() - (props.view.state().ageMs ?? 0)
  return <p class="province-as-of">{t('asOf', format().day(bangkokDay(at())), format().clock(at()))}</p>
}

function ProvinceHead(): JSX.Element {
  const t = useWords(provinceWords)
  const navigate = useNavigate()
  const { language, format } = useLanguage()
  const { area, province, provinces, today, operation } = useSubject()
  const title = () => operation()?.[language() === 'th' ? 'titleTh' : 'titleEn']
  usePageTitle(() => [province && placeName(province, language())])
  return (
    <header class="province-head">
      <div class="province-title">
        <h1>{province && placeName(province, language())}</h1>
        <p>
          {province && t('region', province.healthRegion)} ·{' '}
          {province && t('population', format().number(province.population))}
        </p>
        <p class="province-day">
          <Show when={today()}>{(day) => format().dayLong(day())}</Show>
          <Show when={title()}> · {title()}</Show>
        </p>
      </div>
      <nav>
        <BriefingButtons area={area} />
        <A href={`/wall/${province?.code}`}>{t('wall')}</A>
        <label class="province-choose">
          <span class="visually-hidden">{t('choose')}</span>
          <select onChange={(event) => navigate(`/province/${event.currentTarget.value}`)}>
            <For each={provinces}>
              {(other) => (
                <option value={other.code} selected={other.code === province?.code}>
                  {other.code} {placeName(other, language())}
                </option>
              )}
            </For>
          </select>
        </label>
      </nav>
    </header>
  )
}
