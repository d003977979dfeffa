import { batch, createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import { BED_LEVELS, BED_STATES, type BedLevel, type BedState } from '../../../../hub/wire/metrics.ts'
import type { RowObject } from '../../../../hub/wire/rows.ts'
import { ApiError } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { type Problem, problemOf } from '../../desk/problem.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { screenNow } from '../../live/browser.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { BedSheet } from './BedSheet.tsx'
import { checkLevel, EMPTY_LEVEL, type LevelCheck, type LevelDraft, sourceTime } from './beds.ts'
import { sendBeds } from './report.ts'
import { facilityWords } from './words.ts'

const LEVEL_KEYS = { '0': '0', '1': '1', '2.1': '2_1', '2.2': '2_2', '3': '3' } as const
const LEVELS = [...BED_LEVELS].reverse()

type Drafts = Partial<Record<BedLevel, LevelDraft>>
type Sent = { readonly levels: readonly BedLevel[]; readonly before: Drafts }
type Standing = { readonly level: string; readonly standing: number }

/** Beds by level: what is not typed into follows the live count, and the sum rule is checked with every key. */
export function BedForm(props: { facility: string; rows: readonly RowObject<'beds'>[] }): JSX.Element {
  const t = useWords(facilityWords)
  const { language, format } = useLanguage()
  const [edited, setEdited] = createStore<{ levels: Drafts }>({ levels: {} })
  const [countedAt, setCountedAt] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<Problem>()
  const [standing, setStanding] = createSignal<readonly Standing[]>([])
  const [sent, setSent] = createSignal<Sent>()
  let attempt: { readonly body: string; readonly key: string } | undefined

  const liveRow = (level: BedLevel) => props.rows.find((row) => row.level === level)
  const liveDraft = (level: BedLevel): LevelDraft => {
    const row = liveRow(level)
    if (!row) return EMPTY_LEVEL
    return Object.fromEntries(BED_STATES.map((state) => [state, String(row[state] ?? 0)])) as LevelDraft
  }
  const draft = (level: BedLevel): LevelDraft => edited.levels[level] ?? liveDraft(level)
  const checks = createMemo(() => new Map(LEVELS.map((level) => [level, checkLevel(level, draft(level))])))
  const wrong = () => [...checks().values()].some(({ kind }) => kind !== 'fits' && kind !== 'empty')
  const counts = () => [...checks().values()].flatMap((check) => (check.kind === 'fits' ? [check.count] : []))
  const sourceAt = () => Date.parse(sourceTime(countedAt(), screenNow()))
  const isFuture = () => countedAt() !== '' && sourceAt() > screenNow()
  const isOlder = (level: BedLevel) =>
    countedAt() !== '' && sourceAt() < Number(liveRow(level)?.reportedAt ?? 0) && draft(level).staffed !== ''

  const type = (level: BedLevel, state: BedState, text: string) => {
    setSent(undefined)
    setEdited('levels', level, { ...draft(level), [state]: text })
  }

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setStanding([])
    const levels = counts()
    const refusal = wrong()
      ? t('beds.fix')
      : levels.length === 0
        ? t('beds.nothing')
        : isFuture()
          ? t('beds.future')
          : ''
    if (refusal !== '') return void setProblem({ code: 'form', text: refusal, fields: {} })
    const body = { sourceAt: sourceTime(countedAt(), screenNow()), levels }
    // What could not be delivered is sent again under its key, so that a lost answer makes no second report.
    const same = JSON.stringify([levels, countedAt()])
    attempt = attempt?.body === same ? attempt : { body: same, key: newKey() }
    const before: Drafts = Object.fromEntries(levels.map(({ level }) => [level, liveDraft(level)]))
    setBusy(true)
    try {
      await sendBeds(props.facility, body, attempt.key)
      attempt = undefined
      batch(() => {
        setProblem(undefined)
        setSent({ levels: levels.map(({ level }) => level), before })
        setEdited({ levels: {} })
        setCountedAt('')
      })
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 0)) attempt = undefined
      setProblem(problemOf(error, language()))
      if (error instanceof ApiError && error.code === 'older_report') setStanding(error.details as readonly Standing[])
    } finally {
      setBusy(false)
    }
  }

  const putBack = (before: Drafts) => {
    setEdited({ levels: before })
    setSent(undefined)
  }

  return (
    <form class="desk-card" onSubmit={submit} noValidate>
      <div>
        <h2>{t('beds.title')}</h2>
        <p class="desk-muted">{t('beds.lead')}</p>
        <p class="desk-muted">{t('beds.rule')}</p>
      </div>
      <For each={LEVELS}>
        {(level) => (
          <LevelFields
            level={level}
            draft={draft(level)}
            live={liveRow(level)}
            edited={edited.levels[level] !== undefined}
            check={checks().get(level) ?? { kind: 'empty' }}
            older={isOlder(level)}
            onType={(state, text) => type(level, state, text)}
          />
        )}
      </For>
      <Field
        label={t('beds.countedAt')}
        hint={t('beds.countedAtHint')}
        error={isFuture() ? t('beds.future') : undefined}
      >
        {(aria) => (
          <input
            {...aria}
            type="datetime-local"
            value={countedAt()}
            onInput={({ currentTarget }) => setCountedAt(currentTarget.value)}
          />
        )}
      </Field>
      <Show when={problem()}>
        {(what) => (
          <div class="desk-problem" role="alert">
            <p>{what().text}</p>
            <For each={standing()}>{(row) => <p>{t('beds.older', row.level, format().time(row.standing))}</p>}</For>
            <Show when={standing().length > 0}>
              <p>{t('beds.olderHelp')}</p>
            </Show>
          </div>
        )}
      </Show>
      <Button type="submit" kind="primary" busy={busy()}>
        {t('beds.send')}
      </Button>
      <Show when={sent()}>
        {(done) => (
          <div class="desk-done" role="status">
            <p>{t('beds.sent', done().levels.join(', '))}</p>
            <Button onClick={() => putBack(done().before)}>{t('beds.undo')}</Button>
            <p class="desk-muted">{t('beds.undoHint')}</p>
          </div>
        )}
      </Show>
      <BedSheet onRead={(levels) => setEdited('levels', Object.fromEntries(levels.map((l) => [l.level, l.draft])))} />
    </form>
  )
}

type LevelFieldsProps = {
  level: BedLevel
  draft: LevelDraft
  live: RowObject<'beds'> | undefined
  edited: boolean
  check: LevelCheck
  older: boolean
  onType(state: BedState, text: string): void
}

function LevelFields(props: LevelFieldsProps): JSX.Element {
  const t = useWords(facilityWords)
  const common = useWords(commonWords)
  const { format } = useLanguage()
  const n = (value: number) => format().number(value)
  const said = () => {
    const { check } = props
    if (check.kind === 'incomplete') return t('beds.incomplete')
    if (check.kind === 'wrong_number') return t('beds.wrongNumber', t(`state.${check.state}`))
    if (check.kind !== 'wrong_sum') return undefined
    return check.over > 0 ? t('beds.over', n(check.sum), n(check.over)) : t('beds.under', n(check.sum), n(-check.over))
  }
  const sum = () =>
    props.check.kind === 'wrong_sum' || props.check.kind === 'incomplete' ? props.check.sum : undefined
  return (
    <fieldset class="bed-level" data-level={props.level} classList={{ 'bed-level-edited': props.edited }}>
      <legend>
        <b>{t('level', props.level)}</b> {common(`bedLevel.${LEVEL_KEYS[props.level]}`)}
        <Show when={props.live?.reportedAt}>
          {(at) => <small> · {t('reportedAt', format().time(Number(at())))}</small>}
        </Show>
      </legend>
      <div class="bed-states">
        <For each={BED_STATES}>
          {(state) => (
            <label class={`bed-state bed-state-${state}`}>
              <span>{t(`state.${state}`)}</span>
              <input
                type="text"
                inputmode="numeric"
                autocomplete="off"
                name={`${props.level}.${state}`}
                value={props.draft[state]}
                aria-invalid={props.check.kind === 'wrong_sum' && state === 'staffed' ? 'true' : undefined}
                onFocus={({ currentTarget }) => currentTarget.select()}
                onInput={({ currentTarget }) => props.onType(state, currentTarget.value)}
              />
              <Show when={props.edited && props.live}>
                {(row) => (
                  <small>
                    {t('beds.live')} {n(Number(row()[state]))}
                  </small>
                )}
              </Show>
            </label>
          )}
        </For>
      </div>
      <p class="bed-check" aria-live="polite">
        <Show
          when={said()}
          fallback={<Show when={props.edited && props.check.kind === 'fits'}>✓ {t('beds.fits')}</Show>}
        >
          {(text) => <span class="field-error">{text()}</span>}
        </Show>
        <Show when={sum()}>
          {(value) => (
            <button type="button" class="form-link" onClick={() => props.onType('staffed', String(value()))}>
              {t('beds.useSum', n(value()))}
            </button>
          )}
        </Show>
      </p>
      <Show when={props.older}>
        <p class="desk-warning">{t('beds.older', props.level, format().time(Number(props.live?.reportedAt ?? 0)))}</p>
      </Show>
    </fieldset>
  )
}
