import { createEffect, createMemo, createSignal, type JSX, Show } from 'solid-js'
import type { CarePlan, CaseFile, Need } from '../../api/cases.ts'
import { AwayNote } from '../../cases/AwayNote.tsx'
import { type BoardNeed, boardCases } from '../../cases/board.ts'
import { createNeedWork } from '../../cases/createNeedWork.ts'
import { createLeaseNotices, useLeaseMs } from '../../cases/leases.ts'
import { createLook, lookersOf, namesOf } from '../../cases/presence.ts'
import { UndoBar } from '../../cases/UndoBar.tsx'
import { workWords } from '../../cases/words.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { askAgain } from '../../live/askAgain.ts'
import { createNow } from '../../live/createNow.ts'
import { ExerciseBand, useExercise } from '../../panels/ExerciseBand.tsx'
import { FreshnessBanner, FreshnessBar } from '../../panels/FreshnessBar.tsx'
import { useFollowed } from '../../panels/followed.ts'
import { RECEIPT_MS, ReceiptLine } from '../../panels/ReceiptLine.tsx'
import { useFreshness } from '../../panels/useFreshness.ts'
import type { SignedIn } from '../../session/account.ts'
import { CarePanel } from './CarePanel.tsx'
import { CaseActions } from './CaseActions.tsx'
import { CaseHead } from './CaseHead.tsx'
import './CaseScreen.css'
import { ComplaintPanel } from './ComplaintPanel.tsx'
import { Contacts } from './Contacts.tsx'
import { CorrectionsPanel } from './CorrectionsPanel.tsx'
import { createRun } from './command.ts'
import { createComplaint } from './createComplaint.ts'
import { DuplicatesPanel } from './DuplicatesPanel.tsx'
import { History } from './History.tsx'
import { NeedsPanel } from './NeedsPanel.tsx'
import { PersonPanel } from './PersonPanel.tsx'
import { personalDataVisible } from './personalDataVisible.ts'
import { TransferPanel } from './TransferPanel.tsx'
import { casePageWords } from './words.ts'

const LOOK_EVERY_MS = 1_000
const ENDED: readonly string[] = ['closed', 'duplicate', 'invalid']

type CaseScreenProps = { file: CaseFile; plan: CarePlan; session: SignedIn; reload(): void }

function boardNeed(need: Need, me: string): BoardNeed {
  const { id, caseId, kind, freed, openedAt, holder, claimedAt, leaseUntil, offeredTo } = need
  const status = need.status === 'claimed' || need.status === 'in_progress' ? need.status : 'open'
  return {
    id,
    caseId,
    kind,
    status,
    freed,
    openedAt,
    holder,
    claimedAt,
    leaseUntil,
    askedAt: null,
    offeredTo,
    holderKey: need.yours ? me : null,
    offeredKey: need.offeredToYou ? me : null,
  }
}

export function CaseScreen(props: CaseScreenProps): JSX.Element {
  const t = useWords(casePageWords)
  const words = useWords(workWords)
  const subject = useFollowed()
  const { language } = useLanguage()
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
  const justClaimed = createMemo(
    () =>
      shown().find(
        ({ holderKey, claimedAt }) => holderKey === me() && claimedAt !== null && now() - claimedAt < RECEIPT_MS,
      )?.id,
  )
  const work = createNeedWork(needs, me, () => view.state().kind === 'offline')
  const leases = useLeaseMs()
  createLeaseNotices(
    () => [{ severity: one().severity, needs: shown() }],
    me,
    now,
    (need) => void work.act(need, 'heartbeat'),
  )

  const liveTransfer = createMemo(() =>
    subject.live.rows(subject.scope, 'transfer').find((row) => String(row.caseId) === String(one().id)),
  )
  const liveKey = createMemo(() => JSON.stringify([liveCase() ?? null, liveTransfer() ?? null]))
  askAgain(liveKey, () => props.reload(), { first: false })

  const run = createRun(one().id, props.reload)
  const complaint = createComplaint(() => props.file)
  const ended = () => ENDED.includes(one().stage)
  const [heardAt, setHeardAt] = createSignal(now())
  createEffect(() => {
    if (subject.live.status().connection.kind === 'open') setHeardAt(now())
  })
  const sees = createMemo(() => {
    const leaseMs = leases()[one().severity]
    return personalDataVisible({
      needs: shown(),
      me: me(),
      supervises: props.file.supervises,
      keeps: props.file.keeps,
      heldLast: shown().length === 0 && props.file.needs.length > 0 && !props.file.needs.some(isLive),
      now: now(),
      heardAt: heardAt(),
      leaseMs,
    })
  })
  const mayReveal = () => props.file.may.includes('case.reveal') && sees()

  return (
    <main class="case" data-exercise={exercise()} data-freshness={view.state().kind}>
      <div class="case-top">
        <FreshnessBanner view={view} />
        <AwayNote work={work} />
        <CaseHead file={props.file} now={now()} />
        <div class="case-looking">
          <p role="status">
            <Show when={lookers().length > 0}>
              {t('looking', namesOf(lookers(), language()), lookers().length > 1)}
            </Show>
          </p>
          <Show when={justClaimed()} keyed>
            {(need) => <ReceiptLine scope={subject.scope} row={`need/${need}`} />}
          </Show>
        </div>
      </div>
      <div class="case-body">
        <div class="case-column">
          <NeedsPanel file={props.file} live={shown()} work={work} me={me()} now={now()} ended={ended()} run={run} />
          <Show when={props.file.may.includes('case.complaint')}>
            <ComplaintPanel complaint={complaint()} />
          </Show>
          <Show when={props.file.corrections.length > 0}>
            <CorrectionsPanel file={props.file} reload={props.reload} />
          </Show>
          <PersonPanel caseId={one().id} may={mayReveal()} heardAt={one().heardAt} />
          <Contacts file={props.file} account={props.session.account.id} run={run} />
        </div>
        <div class="case-column">
          <CaseActions file={props.file} run={run} ended={ended()} complaint={complaint()} />
          <CarePanel plan={props.plan} reload={props.reload} />
        </div>
        <div class="case-column">
          <TransferPanel file={props.file} run={run} ended={ended()} me={me()} />
          <Show when={props.file.may.includes('case.merge') && !ended()}>
            <DuplicatesPanel file={props.file} run={run} mayReveal={mayReveal()} />
          </Show>
          <History caseId={one().id} version={JSON.stringify(props.file)} />
        </div>
      </div>
      <div class="case-bottom">
        <ExerciseBand />
        <FreshnessBar view={view} />
      </div>
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
