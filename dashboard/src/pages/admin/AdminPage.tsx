import { A, Navigate, useParams } from '@solidjs/router'
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
import { DeskPage, useDesk } from '../../pageKit/DeskPage.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { Registry } from '../registry/Registry.tsx'
import { Accounts } from './Accounts.tsx'
import { Audit } from './Audit.tsx'
import './admin.css'
import { CareDefaults } from './CareDefaults.tsx'
import { Checklist } from './Checklist.tsx'
import { GoesSoonLine } from './GoesSoon.tsx'
import { HoldMinutes } from './HoldMinutes.tsx'
import { Invitations } from './Invitations.tsx'
import { Keys } from './Keys.tsx'
import { Operation } from './Operation.tsx'
import { RetentionRules } from './Retention.tsx'
import { RevealBudgets } from './RevealBudgets.tsx'
import { Screens } from './Screens.tsx'
import { SignInRules } from './SignInRules.tsx'
import { Thresholds } from './Thresholds.tsx'
import { Webhooks } from './Webhooks.tsx'
import { adminWords } from './words.ts'

/** Who sees a section is who may do its action: an auditor has the audit log alone, a governor the screens. */
const SECTIONS = [
  { section: 'start', action: 'accounts.manage' },
  { section: 'accounts', action: 'accounts.manage' },
  { section: 'invitations', action: 'accounts.manage' },
  { section: 'facilities', action: 'facility.register' },
  { section: 'screens', action: 'screens.manage' },
  { section: 'sign-in', action: 'accounts.manage' },
  { section: 'keys', action: 'keys.manage' },
  { section: 'webhooks', action: 'webhooks.manage' },
  { section: 'audit', action: 'audit.read' },
  { section: 'privacy', action: 'accounts.manage' },
  { section: 'operation', action: 'accounts.manage' },
  { section: 'thresholds', action: 'threshold.set' },
  { section: 'care', action: 'care.plan' },
] as const

export default function AdminPage(): JSX.Element {
  const t = useWords(adminWords)
  return (
    <DeskPage title={[t('title')]} may={SECTIONS.map(({ action }) => action)} wide>
      <Sections />
    </DeskPage>
  )
}

function Sections(): JSX.Element {
  const t = useWords(adminWords)
  const session = useDesk()
  const params = useParams<{ section?: string }>()
  const mine = SECTIONS.filter(({ action }) => session.may.includes(action))
  const here = () => mine.find(({ section }) => section === params.section)?.section
  usePageTitle(() => {
    const section = here()
    return [section && t(`tab.${section}`), t('title')]
  })
  return (
    <>
      <header class="desk-head">
        <h1>{t('title')}</h1>
      </header>
      <Show when={mine.length > 1}>
        <nav class="desk-tabs" aria-label={t('title')}>
          <For each={mine}>{({ section }) => <A href={`/admin/${section}`}>{t(`tab.${section}`)}</A>}</For>
        </nav>
      </Show>
      <Show when={session.may.includes('accounts.manage') && here() !== 'privacy'}>
        <GoesSoonLine />
      </Show>
      <Switch fallback={<Navigate href={`/admin/${mine[0]?.section ?? 'accounts'}`} />}>
        <Match when={here() === 'start'}>
          <Checklist />
        </Match>
        <Match when={here() === 'accounts'}>
          <Accounts />
        </Match>
        <Match when={here() === 'invitations'}>
          <Invitations />
        </Match>
        <Match when={here() === 'facilities'}>
          <Registry />
        </Match>
        <Match when={here() === 'sign-in'}>
          <SignInRules />
        </Match>
        <Match when={here() === 'screens'}>
          <Screens />
        </Match>
        <Match when={here() === 'keys'}>
          <Keys />
        </Match>
        <Match when={here() === 'webhooks'}>
          <Webhooks />
        </Match>
        <Match when={here() === 'audit'}>
          <Audit />
        </Match>
        <Match when={here() === 'privacy'}>
          <RetentionRules />
        </Match>
        <Match when={here() === 'operation'}>
          <Operation />
        </Match>
        <Match when={here() === 'thresholds'}>
          <HoldMinutes />
          <RevealBudgets />
          <Thresholds />
        </Match>
        <Match when={here() === 'care'}>
          <CareDefaults />
        </Match>
      </Switch>
    </>
  )
}
