import { batch, createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import type { RowObject } from '../../../../hub/contract/live/rows.ts'
import type { BedLevel } from '../../../../hub/contract/vocabulary/beds.ts'
import { ApiError, ask } from '../../api/http.ts'
import { screenNow } from '../../clock.ts'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { InputField } from '../../forms/InputField.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { type Problem, problemOf } from '../../pageKit/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { BedSheet } from './BedSheet.tsx'
import { checkLevel, sourceTime } from './beds.ts'
import { createBedDrafts, type Drafts, LEVELS } from './createBedDrafts.ts'
import { LevelFields } from './LevelFields.tsx'
import { QuestionDialog } from './QuestionDialog.tsx'
import { type Accepted, accepting, type Question, questionOf } from './question.ts'
import { facilityWords } from './words.ts'

type Sent = { readonly levels: readonly BedLevel[]; readonly before: Drafts }
type Standing = { readonly level: string; readonly standing: number }

/** Beds by level: what nobody has touched follows the live count and is not reported; the sum rule is checked with every key. */
export function BedForm(props: { facility: string; rows: readonly RowObject<'beds'>[] }): JSX.Element {
  const common = useWords(commonWords)
  const t = useWords(facilityWords)
  const { format } = useLanguage()
  const drafts = createBedDrafts(() => props.rows)
  const [countedAt, setCountedAt] = createSignal('')
  const [busy, during] = createBusy()
  const [problem, setProblem] = createSignal<Problem>()
  const [question, setQuestion] = createSignal<Question>()
  const [standing, setStanding] = createSignal<readonly Standing[]>([])
  const [sent, setSent] = createSignal<Sent>()
  const attempt = createAttempt()

  const checks = createMemo(() => new Map(LEVELS.map((level) => [level, checkLevel(level, drafts.draft(level))])))
  const touchedChecks = () => drafts.touched().flatMap((level) => checks().get(level) ?? [])
  const wrong = () => touchedChecks().some(({ kind }) => kind !== 'fits' && kind !== 'empty')
  const counts = () => touchedChecks().flatMap((check) => (check.kind === 'fits' ? [check.count] : []))
  const sourceAt = () => Date.parse(sourceTime(countedAt(), screenNow()))
  const isFuture = () => countedAt() !== '' && sourceAt() > screenNow()
  const isOlder = (level: BedLevel) =>
    countedAt() !== '' && drafts.isTouched(level) && sourceAt() < (drafts.liveRow(level)?.reportedAt ?? 0)
  const refusal = () => {
    if (wrong()) return t('beds.fix')
    if (counts().length === 0) return t('beds.nothing')
    return isFuture() ? t('beds.future') : undefined
  }

  async function carryOut(accepted: Accepted): Promise<void> {
    setStanding([])
    setQuestion(undefined)
    const refused = refusal()
    if (refused !== undefined) return void setProblem({ code: 'form', text: refused, fields: {} })
    const levels = counts()
    const body = { sourceAt: sourceTime(countedAt(), screenNow()), levels, ...accepted }
    // What could not be delivered is sent again under its key, so that a lost answer makes no second report.
    const key = attempt.keyOf([levels, countedAt(), accepted])
    const before: Drafts = Object.fromEntries(levels.map(({ level }) => [level, drafts.liveDraft(level)]))
    try {
      await during(() => ask('POST /api/facilities/{id}/beds', { params: { id: props.facility }, body, key }))
      attempt.answered()
      batch(() => {
        setProblem(undefined)
        setSent({ levels: levels.map(({ level }) => level), before })
        drafts.put({})
        setCountedAt('')
      })
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 0)) attempt.answered()
      const asked = questionOf(error, (index) => {
        const level = levels[index]?.level
        return level === undefined ? undefined : t('level', level)
      })
      setQuestion(asked)
      setProblem(asked ? undefined : problemOf(error, common))
      if (error instanceof ApiError && error.code === 'older_report') setStanding(error.details as readonly Standing[])
    }
  }

  const change = (work: () => void) =>
    batch(() => {
      setSent(undefined)
      setProblem(undefined)
      work()
    })

  return (
    <form
      class="desk-card"
      onSubmit={(event) => {
        event.preventDefault()
        void carryOut({})
      }}
      noValidate
    >
      <div>
        <h2>{t('beds.title')}</h2>
        <p class="desk-muted">{t('beds.lead')}</p>
        <p class="desk-muted">{t('beds.rule')}</p>
      </div>
      <For each={LEVELS}>
        {(level) => (
          <LevelFields
            level={level}
            draft={drafts.draft(level)}
            live={drafts.liveRow(level)}
            edited={drafts.isTouched(level)}
            check={checks().get(level) ?? { kind: 'empty' }}
            older={isOlder(level)}
            onType={(state, text) => change(() => drafts.type(level, state, text))}
            onHold={() => drafts.hold(level)}
            onRelease={() => drafts.release(level)}
            onAsItWas={() => change(() => drafts.asItWas(level))}
            onLeaveOut={() => change(() => drafts.leaveOut(level))}
          />
        )}
      </For>
      <InputField
        label={t('beds.countedAt')}
        hint={t('beds.countedAtHint')}
        error={isFuture() ? t('beds.future') : undefined}
        type="datetime-local"
        value={countedAt()}
        onText={setCountedAt}
      />
      <Show when={problem()}>
        {(what) => (
          <div class="desk-problem" role="alert">
            <p>{what().text}</p>
            <For each={standing()}>
              {(row) => <p>{t('beds.older', row.level, format().moment(row.standing, screenNow()))}</p>}
            </For>
            <Show when={standing().length > 0}>
              <p>{t('beds.olderHelp')}</p>
            </Show>
          </div>
        )}
      </Show>
      <Show when={question()}>
        {(asked) => (
          <QuestionDialog
            question={asked()}
            confirm={() => void carryOut(accepting(asked(), {}))}
            close={() => setQuestion(undefined)}
          />
        )}
      </Show>
      <Button type="submit" kind="primary" busy={busy()} data-action="report-beds">
        {drafts.touched().length > 0 ? t('beds.sendLevels', drafts.touched().join(', ')) : t('beds.send')}
      </Button>
      <Show when={sent()}>
        {(done) => (
          <div class="desk-done" role="status">
            <p>{t('beds.sent', done().levels.join(', '))}</p>
            <Button
              onClick={() => {
                drafts.put(done().before)
                setSent(undefined)
              }}
            >
              {t('beds.undo')}
            </Button>
            <p class="desk-muted">{t('beds.undoHint')}</p>
          </div>
        )}
      </Show>
      <BedSheet onRead={(levels) => drafts.put(Object.fromEntries(levels.map((l) => [l.level, l.draft])))} />
    </form>
  )
}
