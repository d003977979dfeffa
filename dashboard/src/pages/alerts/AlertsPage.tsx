import { Tabs } from '@kobalte/core/tabs'
import { A, useNavigate, useSearchParams } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { NATION } from '../../../../hub/contract/vocabulary/areas.ts'
import { alertScopes } from '../../alerts/alerts.ts'
import { useWords } from '../../i18n/language.tsx'
import { DeskPage, useDesk } from '../../pageKit/DeskPage.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { FreshnessBanner } from '../../panels/FreshnessBar.tsx'
import { SubjectProvider } from '../../panels/SubjectProvider.tsx'
import { placeName, useSubject } from '../../panels/subject.tsx'
import { useFreshness } from '../../panels/useFreshness.ts'
import '../../panels/panels.css'
import './alerts.css'
import { useLanguage } from '../../i18n/language.tsx'
import { sessionState } from '../../session/account.ts'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { BrokenRules } from './BrokenRules.tsx'
import { LiveAlerts } from './LiveAlerts.tsx'
import { PastAlerts } from './PastAlerts.tsx'
import { Rules } from './Rules.tsx'
import { alertsWords } from './words.ts'

const TABS = ['live', 'history', 'rules'] as const
const AREA = /^(?:TH|\d{2})$/

/** `/alerts`: what rings in a province or the nation, who has it, how soon it was answered; and by which rules. */
export default function AlertsPage(): JSX.Element {
  const t = useWords(alertsWords)
  return (
    <DeskPage title={[t('title')]} may={['alerts.read']} wide>
      <AlertsOfArea />
    </DeskPage>
  )
}

function AlertsOfArea(): JSX.Element {
  const t = useWords(alertsWords)
  const session = useDesk()
  const [search] = useSearchParams<{ area?: string }>()
  const own = session.areas.includes(NATION) ? NATION : (session.areas[0] ?? NATION).slice(0, 2)
  const area = () => (search.area !== undefined && AREA.test(search.area) ? search.area : own)
  const unknown = () => <EmptyState page title={t('unknown')} action={<OwnAlertsLink />} />
  const outside = () => <EmptyState page title={t('outside')} text={t('outsideText')} action={<OwnAlertsLink />} />
  return (
    <Show when={area()} keyed>
      {(code) => (
        <Show when={alertScopes(sessionState(), code)[0]} fallback={outside()}>
          {(scope) => (
            <SubjectProvider area={code} also={[scope()]} loading={<PageSkeleton />} unknown={unknown()}>
              <AlertTabs area={code} />
            </SubjectProvider>
          )}
        </Show>
      )}
    </Show>
  )
}

function OwnAlertsLink(): JSX.Element {
  const t = useWords(alertsWords)
  return (
    <A class="button button-plain" href="/alerts">
      {t('ownArea')}
    </A>
  )
}

function AlertTabs(props: { area: string }): JSX.Element {
  const t = useWords(alertsWords)
  const session = useDesk()
  const view = useFreshness()
  const [search, setSearch] = useSearchParams<{ tab?: string }>()
  const tabs = () => TABS.filter((each) => each !== 'rules' || session.may.includes('alert.rule'))
  const tab = () => tabs().find((each) => each === search.tab) ?? 'live'
  const choose = (next: string) => setSearch({ tab: next === 'live' ? undefined : next }, { replace: true })
  return (
    <>
      <FreshnessBanner view={view} />
      <header class="desk-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
        <AreaChoice area={props.area} />
      </header>
      <Show when={tab() === 'live' && session.may.includes('alert.rule')}>
        <BrokenRules area={props.area} />
      </Show>
      <Tabs value={tab()} onChange={choose} class="alerts">
        <Tabs.List class="alerts-tabs" aria-label={t('tabs')}>
          <For each={tabs()}>
            {(each) => (
              <Tabs.Trigger value={each} data-tab={each}>
                {t(`tab.${each}`)}
              </Tabs.Trigger>
            )}
          </For>
        </Tabs.List>
        <Tabs.Content value="live">
          <LiveAlerts area={props.area} session={session} now={view.now()} />
        </Tabs.Content>
        <Tabs.Content value="history">
          <PastAlerts area={props.area} now={view.now()} />
        </Tabs.Content>
        <Tabs.Content value="rules">
          <Rules area={props.area} areas={session.areas} />
        </Tabs.Content>
      </Tabs>
    </>
  )
}

/** The provinces of the account, and the nation for who has it all. */
function AreaChoice(props: { area: string }): JSX.Element {
  const t = useWords(alertsWords)
  const desk = useWords(deskWords)
  const navigate = useNavigate()
  const { language } = useLanguage()
  const { provinces } = useSubject()
  const session = useDesk()
  const isNational = session.areas.includes(NATION)
  const mine = provinces.filter(({ code }) => isNational || session.areas.some((area) => area.startsWith(code)))
  return (
    <Show when={mine.length > 1}>
      <label class="alerts-area">
        <span class="visually-hidden">{t('area')}</span>
        <select onChange={({ currentTarget }) => navigate(`/alerts?area=${currentTarget.value}`)}>
          <Show when={isNational}>
            <option value={NATION} selected={props.area === NATION}>
              {desk('nation')}
            </option>
          </Show>
          <For each={mine}>
            {(one) => (
              <option value={one.code} selected={one.code === props.area}>
                {placeName(one, language())}
              </option>
            )}
          </For>
        </select>
      </label>
    </Show>
  )
}
