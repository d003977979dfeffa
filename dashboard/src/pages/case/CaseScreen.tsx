import { A } from '@solidjs/router'
import { createEffect, createMemo, createSignal, For, type JSX, on, Show } from 'solid-js'
import { type CaseFile, command, type Need } from '../../api/cases.ts'
import { type BoardNeed, boardCases } from '../../cases/board.ts'
import { createNeedWork } from '../../cases/createNeedWork.ts'
import { createPlaceNames } from '../../cases/createPlaceNames.ts'
import { NeedLine } from '../../cases/NeedLine.tsx'
import { createLook, lookersOf } from '../../cases/presence.ts'
import { useFault, useSpan } from '../../cases/speech.ts'
import { offerUndo, UndoBar } from '../../cases/UndoBar.tsx'
import { workWords } from '../../cases/words.ts'
import { commonWords } from '../../i18n/common.ts'
import { LanguageSwitch } from '../../i18n/LanguageSwitch.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { createNow } from '../../live/createNow.ts'
import { ExerciseBand, useExercise } from '../../panels/ExerciseBand.tsx'
import { FreshnessBanner, FreshnessBar } from '../../panels/FreshnessBar.tsx'
import { useSubject } from '../../panels/subject.tsx'
import { useFreshness } from '../../panels/useFreshness.ts'
import { AccountMenu } from '../../session/AccountMenu.tsx'
import { noticeExpiry, type SignedIn } from '../../session/account.ts'
import { Badge, SeverityBadge } from '../../ui/Badge.tsx'
import { toast } from '../../ui/Toast.tsx'
import { CaseActions } from './CaseActions.tsx'
import './CaseScreen.css'
import { Contacts } from './Contacts.tsx'
import { History } from './History.tsx'
import { PersonPanel } from './PersonPanel.tsx'
import { TransferPanel } from './TransferPanel.tsx'
import { casePageWords } from './words.ts'

const LOOK_EVERY_MS = 1_000

type CaseScreenProps = { file: CaseFile; session: SignedIn; reload(): void }

/** Runs a command on the case; @returns whether it was carried out. A refusal is said in words. */
export type RunCommand = (path: string, body: object, undoText?: string) => Promise<boolean>

function boardNeed(need: Need, me: string): BoardNeed {
  const { id, caseId, kind, freed, openedAt, holder, claimedAt, leaseUntil, offeredTo } = need
  const status = need.status === 'claimed' || need.status === 'in_progress' ? need.status : 'open'
  return {
    ...{ id, caseId, kind, status, freed, openedAt, holder, claimedAt, leaseUntil, askedAt: null, offeredTo },
    holderKey: need.yours ? me : null,
    offeredKey: need.offeredToYou ? me : null,
  }
}

export function CaseScreen(props: CaseScreenProps): JSX.Element {
  const t = useWords(casePageWords)
  const words = useWords(workWords)
  const fault = useFault()
  const subject = useSubject()
  const exercise = useExercise()
  const view = useFreshness()
  const tick = createNow(LOOK_EVERY_MS)
  const now = createMemo(() => tick() + (subject.live.status().offsetMs ?? 0))
  const one = () => props.file.case
  const me = () => props.session.account.key
  createLook(one().id)
  const lookers = createMemo(() => lookersOf(subject.live.rows(subject.scope, 'presence'), one().id, me()))

  const liveCase = createMemo(() => {
    const id = String(one().id)
    return boardCases(
      subject.live.rows(subject.scope, 'case').filter((row) => row.id === id),
      subject.live.rows(subject.scope, 'need').filter((row) => String(row.caseId) === id),
    )[0]
  })
  // Before the first delta, and for needs that have ended, what the API said stands.
  const shown = createMemo(
    () => liveCase()?.needs ?? props.file.needs.filter(isLive).map((need) => boardNeed(need, me())),
  )
  const needs = createMemo(() => new Map(shown().map((need) => [need.id, need])))
  const work = createNeedWork(needs, me)

  const liveKey = createMemo(() => JSON.stringify(liveCase() ?? null))
  createEffect(on(liveKey, () => props.reload(), { defer: true }))

  const run: RunCommand = async (path, body, undoText) => {
    try {
      const answer = await command<{ readonly event?: number }>(path, body)
      if (undoText) offerUndo(undoText, one().id, answer.event ?? null)
      else toast(t('saved'), 'good')
      props.reload()
      return true
    } catch (error) {
      if (!noticeExpiry(error)) toast(fault(error), 'alarm')
      return false
    }
  }
  const held = () => shown().some((need) => need.holderKey === me())
  const supervises = () => props.file.may.includes('case.release')
  const mayReveal = () => props.file.may.includes('case.reveal') && (held() || supervises())

  return (
    <main class="case" data-exercise={exercise()} data-freshness={view.state().kind}>
      <div class="case-top">
        <ExerciseBand />
        <FreshnessBanner view={view} />
        <CaseHead file={props.file} now={now()} />
        <Show when={lookers().length > 0}>
          <p class="case-looking">{t('looking', lookers().join(', '))}</p>
        </Show>
      </div>
      <div class="case-body">
        <section class="case-panel case-needs" aria-labelledby="case-needs">
          <h2 id="case-needs">{t('needs')}</h2>
          <Show when={shown().length > 0} fallback={<p class="case-muted">{t('noNeeds')}</p>}>
            <For each={shown().map(({ id }) => id)}>
              {(id) => (
                <Show when={needs().get(id)}>
                  {(need) => (
                    <NeedLine
                      need={need()}
                      severity={one().severity}
                      work={work}
                      me={me()}
                      mayClaim={props.file.may.includes('case.claim')}
                      now={now()}
                    />
                  )}
                </Show>
              )}
            </For>
          </Show>
          <Show when={one().mergedInto}>
            {(id) => (
              <A href={`/case/${id()}`} class="case-merged">
                {t('mergedInto', String(id()))}
              </A>
            )}
          </Show>
        </section>
        <PersonPanel caseId={one().id} may={mayReveal()} />
        <Contacts file={props.file} run={run} />
        <CaseActions file={props.file} run={run} />
        <TransferPanel file={props.file} run={run} may={props.session.may} />
        <History caseId={one().id} version={`${liveKey()} ${props.file.contacts.length} ${one().stage}`} />
      </div>
      <FreshnessBar view={view} />
      <UndoBar onUndone={props.reload} />
      <p class="visually-hidden" role="status">
        {words('caseNo', String(one().id))}
      </p>
    </main>
  )
}

function isLive({ status }: Need): boolean {
  return status === 'open' || status === 'claimed' || status === 'in_progress'
}

function CaseHead(props: { file: CaseFile; now: number }): JSX.Element {
  const t = useWords(casePageWords)
  const words = useWords(workWords)
  const common = useWords(commonWords)
  const { format } = useLanguage()
  const span = useSpan()
  const one = () => props.file.case
  const [districts] = createSignal<ReadonlySet<string>>(new Set([one().district]))
  const places = createPlaceNames(one().district.slice(0, 2), districts)
  const place = () => [places.small(one().place), places.district(one().district)].filter(Boolean).join(' · ')
  return (
    <header class="case-head">
      <nav>
        <A href="/board" class="case-back">
          ‹ {t('board')}
        </A>
        <LanguageSwitch />
        <AccountMenu />
      </nav>
      <div class="case-title">
        <h1>{words('caseNo', String(one().id))}</h1>
        <span class="case-severity" data-severity={one().severity}>
          <SeverityBadge severity={one().severity} />
        </span>
        <Badge>{stageWord(t, one().stage)}</Badge>
        <Show when={one().risk608}>
          <span title={words('risk608Long')}>
            <Badge>{words('risk608')}</Badge>
          </span>
        </Show>
        <Show when={one().escalatedAt !== null}>
          <Badge tone="alarm">{words('escalated')}</Badge>
        </Show>
      </div>
      <dl class="case-facts">
        <div>
          <dt class="visually-hidden">{common('home')}</dt>
          <dd>{place()}</dd>
        </div>
        <div>
          <dt>{t('reported')}</dt>
          <dd>
            {format().time(one().reportedAt)} · {span(props.now - one().reportedAt)}
          </dd>
        </div>
        <div>
          <dt>{t('place')}</dt>
          <dd>{t(`carePlace.${one().carePlace}`)}</dd>
        </div>
      </dl>
    </header>
  )
}

type StageWord = keyof typeof casePageWords.en.stage

function stageWord(t: (key: `stage.${StageWord}`) => string, stage: string): string {
  return stage in casePageWords.en.stage ? t(`stage.${stage as StageWord}`) : stage
}
