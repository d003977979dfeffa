import { useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { createSignal, type JSX, Show, untrack } from 'solid-js'
import type { Language } from '../../../../hub/contract/vocabulary/languages.ts'
import { FORM_KINDS, type FormKind } from '../../../../hub/contract/vocabulary/records.ts'
import { findDuplicates, type LikelyDuplicate } from '../../api/record.ts'
import { deviceNow } from '../../clock.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { ErrorSummary } from '../../forms/ErrorSummary.tsx'
import { StepHeading } from '../../forms/FormPage.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { PhoneFull } from '../../offline/store.ts'
import { areaNames } from '../../places/areas.ts'
import { placeBody, placeOfCode } from '../../places/place.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { toast } from '../../ui/Toast.tsx'
import { usePageTitle } from '../../ui/title.ts'
import NotFoundPage from '../NotFoundPage.tsx'
import { ConsentField } from './ConsentField.tsx'
import { createDraft } from './createDraft.ts'
import { draftWords } from './draftWords.ts'
import { KindFields } from './kindFields.tsx'
import {
  asksConsent,
  type RecordDraft,
  type RecordField,
  type RecordProblem,
  recordBody,
  recordProblems,
} from './model.ts'
import { MoreFields, PersonFields } from './personFields.tsx'
import { LikelyList } from './QueueList.tsx'
import { queueWords } from './queueWords.ts'
import { recentPlaces, usePlace } from './recentPlaces.ts'
import { useRecorder } from './recorder.tsx'
import { WhereField } from './WhereField.tsx'
import { recordWords } from './words.ts'

/** On a bad line the record is not held up: the hub names duplicates again when it is sent. */
const DUPLICATES_MS_MAX = 2_500

export default function RecordFormPage(): JSX.Element {
  const params = useParams<{ kind: string }>()
  const kind = () => FORM_KINDS.find((known) => known === params.kind)
  return (
    <Show when={kind()} keyed fallback={<NotFoundPage />}>
      {(known) => <RecordForm kind={known} />}
    </Show>
  )
}

function RecordForm(props: { kind: FormKind }): JSX.Element {
  const t = useWords(recordWords)
  const tQueue = useWords(queueWords)
  const { language } = useLanguage()
  const { access, records, save } = useRecorder()
  usePageTitle(() => [t(`kind.${props.kind}`), t('title')])
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const account = untrack(() => {
    const current = access()
    if (current.kind !== 'in') throw new Error('nobody is signed in')
    return current.account
  })
  const local = () => localStorage
  const corrected = untrack(() => records().find(({ key }) => key === search.instead))
  const home = placeOfCode(recentPlaces(local, account.id)[0] ?? account.areas[0] ?? '')
  const form = untrack(() => createDraft(props.kind, account.id, home, corrected))
  const { draft } = form
  const [problems, setProblems] = createSignal<readonly RecordProblem[]>([])
  const [likely, setLikely] = createSignal<readonly LikelyDuplicate[]>([])
  const [busy, during] = createBusy()
  const [failure, setFailure] = createSignal<string>()
  let another = false

  const notKept = (error: unknown) => {
    console.warn('The form is not on this phone.', error)
    setFailure(t('notSaved'))
  }
  const edit = (change: Partial<RecordDraft>) => {
    form.edit(change).catch(notKept)
    if (problems().length > 0) setProblems(recordProblems(props.kind, draft()))
  }
  const errorOf = (field: RecordField) => {
    const found = problems().find((problem) => problem.field === field)
    return found && t(`error.${found.key}`)
  }

  async function press(more: boolean): Promise<void> {
    const wrong = recordProblems(props.kind, draft())
    setProblems(wrong)
    if (wrong.length > 0 || busy()) return
    another = more
    await during(keepAndStore)
  }

  async function keepAndStore(): Promise<void> {
    // The disk has it before anything is waited for: the hub's answer, or a person who looks at a likely duplicate.
    await form.kept().catch(notKept)
    setLikely(await likelyNow(props.kind, draft()))
    if (likely().length === 0) await store()
  }

  async function store(): Promise<void> {
    setLikely([])
    setFailure(undefined)
    const now = corrected?.madeAt ?? deviceNow()
    const { place, name } = draft()
    const area = place.subdistrict || place.district
    try {
      const title = name.trim() || (await placeTitle(area, language()))
      await save(
        { kind: props.kind, body: recordBody(props.kind, draft(), now), title },
        { instead: form.instead(), draft: form.key() },
      )
    } catch (error) {
      setFailure(error instanceof PhoneFull ? t('phoneFull') : t('notSaved'))
      return
    }
    if (area !== '') usePlace(local, account.id, area)
    toast(t('savedHere'), 'good')
    if (!another) return navigate('/record')
    form.next()
    window.scrollTo({ top: 0 })
  }

  /** It is recorded already, as the person has seen: nothing of the form is needed any more. */
  async function giveUp(): Promise<void> {
    await form.drop().catch(notKept)
    navigate('/record')
  }

  return (
    <form
      class="form-fields"
      novalidate
      onSubmit={(event) => {
        event.preventDefault()
        void press(false)
      }}
    >
      <StepHeading>{t(`kind.${props.kind}`)}</StepHeading>
      <Show when={form.cameBack()}>
        {(at) => <CameBack at={at()} startAfresh={() => form.startAfresh().catch(notKept)} />}
      </Show>
      <ErrorSummary problems={problems().map(({ field, key }) => ({ field, text: t(`error.${key}`) }))} />
      <KindFields kind={props.kind} draft={draft()} edit={edit} errorOf={errorOf} />
      <Show when={props.kind !== 'dose'}>
        <PersonFields kind={props.kind} draft={draft()} edit={edit} errorOf={errorOf} />
      </Show>
      <WhereField account={account.id} draft={draft()} edit={edit} error={errorOf('place')} />
      <Show when={props.kind !== 'dose'}>
        <MoreFields kind={props.kind} draft={draft()} edit={edit} errorOf={errorOf} />
      </Show>
      <Show when={asksConsent(props.kind)}>
        <ConsentField draft={draft()} edit={edit} />
      </Show>
      <Show when={failure()}>
        {(text) => (
          <p class="field-error" role="alert">
            {text()}
          </p>
        )}
      </Show>
      <div class="form-actions record-actions">
        <Button type="submit" kind="primary" busy={busy()}>
          {t('save')}
        </Button>
        <Button disabled={busy()} onClick={() => void press(true)}>
          {t('saveNext')}
        </Button>
        <Button disabled={busy()} onClick={() => navigate('/record')}>
          {t('back')}
        </Button>
      </div>
      <Dialog
        open={likely().length > 0}
        onOpenChange={(open) => {
          if (!open) setLikely([])
        }}
        title={tQueue('duplicateTitle')}
        description={tQueue('likelyBefore')}
        actions={
          <>
            <Button onClick={() => void store()}>{tQueue('saveAnyway')}</Button>
            <Button kind="primary" onClick={() => void giveUp()}>
              {tQueue('goBack')}
            </Button>
          </>
        }
      >
        <LikelyList likely={likely()} />
      </Dialog>
    </form>
  )
}

/** The tab died, or was left: the form is as it was. */
function CameBack(props: { at: number; startAfresh: () => void }): JSX.Element {
  const t = useWords(draftWords)
  const { format } = useLanguage()
  return (
    <div class="record-came-back" role="status">
      <p>{t('cameBack', format().moment(props.at, deviceNow()))}</p>
      <Button onClick={() => props.startAfresh()}>{t('startAfresh')}</Button>
    </div>
  )
}

/** Without an answer in time there are none to show: saving matters more. */
async function likelyNow(kind: FormKind, draft: RecordDraft): Promise<readonly LikelyDuplicate[]> {
  const place = placeBody(draft.place)
  const [name, phone, idNumber] = [draft.name, draft.phone, draft.idNumber].map((text) => text.trim() || undefined)
  if (kind === 'dose' || !navigator.onLine || place === undefined) return []
  if (name === undefined && phone === undefined && idNumber === undefined) return []
  const question = {
    place,
    ...(name !== undefined && { name }),
    ...(phone !== undefined && { phone }),
    ...(idNumber !== undefined && { idNumber }),
  }
  return findDuplicates(question, AbortSignal.timeout(DUPLICATES_MS_MAX)).catch(() => [])
}

async function placeTitle(area: string, language: Language): Promise<string> {
  const names = area === '' ? [] : await areaNames(area, language).catch(() => [])
  return names[0] ?? area
}
