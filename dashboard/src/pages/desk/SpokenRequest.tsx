import { createEffect, createMemo, createSignal, type JSX, on, onCleanup, Show } from 'solid-js'
import { LANGUAGES, type Language } from '../../../../hub/contract/vocabulary/languages.ts'
import { ask } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { findDuplicates, type LikelyDuplicate, type RecordBody } from '../../api/record.ts'
import { deviceNow, screenNow } from '../../clock.ts'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ErrorSummary } from '../../forms/ErrorSummary.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { LANGUAGE_NAMES } from '../../i18n/languages.ts'
import { createNow } from '../../live/createNow.ts'
import { useDesk } from '../../pageKit/DeskPage.tsx'
import { useValueText } from '../../panels/valueText.ts'
import { placeBody, placeOfCode } from '../../places/place.ts'
import { Button } from '../../ui/Button.tsx'
import { KindFields } from '../record/kindFields.tsx'
import { emptyRecord, type RecordDraft, type RecordField, recordBody, recordProblems } from '../record/model.ts'
import '../record/record.css'
import { MoreFields, PersonFields } from '../record/personFields.tsx'
import { LikelyList } from '../record/QueueList.tsx'
import { WhereField } from '../record/WhereField.tsx'
import { recordWords } from '../record/words.ts'
import type { Caller } from './calls.ts'
import { Interpreters } from './Interpreters.tsx'
import { hotlineWords } from './words.ts'

/** Typing has paused: then the hub is asked who this may be. */
const PAUSE_MS = 600
const DUPLICATES_MS_MAX = 2_500
const LOOK_EVERY_MS = 10_000
const MINUTE_MS = 60_000

type SpokenRequestProps = {
  province: string
  caller: Caller | undefined
  /** the caller's request is saved, or was given up */
  done(): void
}

/** A request, written while the caller speaks: likely duplicates appear while it is typed. */
export function SpokenRequest(props: SpokenRequestProps): JSX.Element {
  const t = useWords(hotlineWords)
  const record = useWords(recordWords)
  const span = useValueText()
  const session = useDesk()
  const now = createNow(LOOK_EVERY_MS)
  const own = session.areas.find((area) => area.startsWith(props.province)) ?? props.province
  const empty = () => emptyRecord(placeOfCode(own))
  const [draft, setDraft] = createSignal<RecordDraft>(empty())
  const [language, setLanguage] = createSignal<Language>('th')
  const [begunAt, setBegunAt] = createSignal<number>()
  const [shown, setShown] = createSignal(false)
  const [saved, setSaved] = createSignal<number>()
  const { busy, problem, forget, send } = createSubmit()
  const attempt = createAttempt()
  const likely = createLikely(draft)
  const problems = () => (shown() ? recordProblems('request', draft()) : [])
  const errorOf = (field: RecordField) => {
    const found = problems().find((each) => each.field === field)
    return found && record(`error.${found.key}`)
  }
  const edit = (change: Partial<RecordDraft>) => {
    if (begunAt() === undefined) setBegunAt(screenNow())
    setSaved(undefined)
    setDraft((before) => ({ ...before, ...change }))
  }
  const clear = () => {
    setDraft(empty())
    setLanguage('th')
    setBegunAt(undefined)
    setShown(false)
    forget()
    props.done()
  }
  createEffect(
    on(
      () => props.caller,
      (caller) => {
        if (caller === undefined) return
        edit({ phone: caller.phone })
        setLanguage(caller.language)
      },
    ),
  )
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    setShown(true)
    if (recordProblems('request', draft()).length > 0) return
    const { caller } = props
    const said = { draft: draft(), language: language() }
    const key = attempt.keyOf(said)
    const sourceAt = attempt.of(key, () => new Date(deviceNow()).toISOString())
    const body: RecordBody = {
      ...recordBody('request', said.draft, deviceNow()),
      language: said.language,
      sourceAt,
    } as RecordBody
    void send(async () => {
      const answer = await ask('POST /api/record', { body, key })
      attempt.answered()
      clear()
      setSaved(answer.case ?? undefined)
      if (caller !== undefined && answer.case !== null) await endOf(caller, answer.case)
    })
  }
  return (
    <section class="desk-card" aria-label={t('speak')}>
      <div>
        <h2>{t('speak')}</h2>
        <Show when={begunAt()}>
          {(at) => (
            <p class="desk-muted">
              {t('speaking', span('minutes', Math.max(0, Math.floor((now() - at()) / MINUTE_MS))))}
            </p>
          )}
        </Show>
      </div>
      <Show when={saved()}>
        {(id) => (
          <p class="desk-done" role="status" tabIndex={-1} ref={comeTo}>
            {t('saved', String(id()))} <a href={`/case/${id()}`}>{t('openCase', String(id()))}</a>
          </p>
        )}
      </Show>
      <form class="form-fields hotline-request" noValidate onSubmit={save}>
        <ErrorSummary problems={problems().map(({ field, key }) => ({ field, text: record(`error.${key}`) }))} />
        <SelectField
          label={t('language')}
          name="language"
          options={LANGUAGES}
          value={language()}
          text={(code) => LANGUAGE_NAMES[code]}
          onChange={setLanguage}
        />
        <Interpreters language={language()} />
        <PersonFields kind="request" draft={draft()} edit={edit} errorOf={errorOf} />
        <div aria-live="polite">
          <Show when={likely().length > 0}>
            <div class="hotline-likely">
              <b>{t('likely')}</b>
              <LikelyList likely={likely()} />
            </div>
          </Show>
        </div>
        <WhereField account={session.account.id} draft={draft()} edit={edit} error={errorOf('place')} />
        <KindFields kind="request" draft={draft()} edit={edit} errorOf={errorOf} />
        <MoreFields kind="request" draft={draft()} edit={edit} errorOf={errorOf} />
        <ProblemNote text={problem()?.text} />
        <div class="form-actions">
          <Button type="submit" kind="primary" busy={busy()}>
            {t(likely().length > 0 ? 'saveAnyway' : 'save')}
          </Button>
          <Button disabled={busy()} onClick={clear}>
            {t('clear')}
          </Button>
        </div>
      </form>
    </section>
  )
}

/** The button that saves stands below a long form: that it is saved is seen, and the next key is at the top of the form again. */
function comeTo(note: HTMLElement): void {
  queueMicrotask(() => note.focus())
}

/** The call behind the request has an end too; one that another has meanwhile stays theirs. */
function endOf({ call }: Caller, made: number): Promise<unknown> {
  return ask('POST /api/calls/{id}/end', {
    params: { id: call },
    body: { result: 'reached', case: made },
    key: newKey(),
  })
}

/** Who it may be, asked when typing pauses; nothing while the hub does not answer in time. */
function createLikely(draft: () => RecordDraft) {
  const [likely, setLikely] = createSignal<readonly LikelyDuplicate[]>([])
  const question = createMemo(() => {
    const { name, phone, idNumber } = draft()
    const place = placeBody(draft().place)
    const said = Object.entries({ name, phone, idNumber })
      .map(([field, text]) => [field, text.trim()] as const)
      .filter(([field, text]) => text.length >= (field === 'phone' ? 9 : 3))
    return place === undefined || said.length === 0 ? '' : JSON.stringify({ place, ...Object.fromEntries(said) })
  })
  let asked = 0
  let pause: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(pause))
  createEffect(
    on(question, (text) => {
      clearTimeout(pause)
      const mine = ++asked
      const show = (found: readonly LikelyDuplicate[]) => {
        if (mine === asked) setLikely(found)
      }
      if (text === '') return show([])
      pause = setTimeout(() => {
        findDuplicates(JSON.parse(text), AbortSignal.timeout(DUPLICATES_MS_MAX)).then(show, () => show([]))
      }, PAUSE_MS)
    }),
  )
  return likely
}
