import { A, useNavigate, useSearchParams } from '@solidjs/router'
import { createSignal, type JSX, Show, untrack } from 'solid-js'
import { CONTACT_CHANNELS, type ContactChannel } from '../../../../hub/contract/vocabulary/contacts.ts'
import type { CheckBody } from '../../api/record.ts'
import { CheckFields } from '../../care/CheckFields.tsx'
import { type CheckDraft, type CheckProblem, EMPTY_CHECK, isProblems, readCheck } from '../../care/checkDraft.ts'
import { deviceNow } from '../../clock.ts'
import { RadioChoices } from '../../forms/Choices.tsx'
import { createBusy } from '../../forms/createBusy.ts'
import { StepHeading } from '../../forms/FormPage.tsx'
import { useWords } from '../../i18n/language.tsx'
import type { PhoneAccount } from '../../offline/account.ts'
import { draftKey } from '../../offline/drafts.ts'
import type { QueuedRecord } from '../../offline/queue.ts'
import { PhoneFull } from '../../offline/store.ts'
import { Button } from '../../ui/Button.tsx'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { toast } from '../../ui/Toast.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { AsLastHeard, Carer, NotHere, PeopleList } from './CarePeople.tsx'
import { recordCareWords } from './careWords.ts'
import { createCareList } from './createCareList.ts'
import { useRecorder } from './recorder.tsx'
import { recordWords } from './words.ts'

/** `/record/check`: whom somebody has reached, and how they are; also without a network. */
export default function CheckPage(): JSX.Element {
  const tRecord = useWords(recordWords)
  const [search] = useSearchParams<{ case?: string; instead?: string }>()
  const { records } = useRecorder()
  usePageTitle(() => [tRecord('kind.check'), tRecord('title')])
  const corrected = () => records().find(({ key }) => key === search.instead)
  const chosen = () => Number(search.case ?? bodyOf(corrected())?.case ?? 0)
  return (
    <Show when={chosen()} keyed fallback={<Carer>{(account) => <Everybody account={account} />}</Carer>}>
      {(id) => <CheckForm case={id} corrected={untrack(corrected)} />}
    </Show>
  )
}

function bodyOf(record: QueuedRecord | undefined): CheckBody | undefined {
  return record?.body?.kind === 'check' ? record.body : undefined
}

function Everybody(props: { account: PhoneAccount }): JSX.Element {
  const t = useWords(recordCareWords)
  const { people, settled, error, again } = createCareList(untrack(() => props.account))
  return (
    <Show when={settled()} fallback={<PageSkeleton />}>
      <StepHeading>{t('pick')}</StepHeading>
      <Show when={people()} fallback={<NotHere error={error()} again={again} />}>
        {(all) => (
          <Show when={all().length > 0} fallback={<EmptyState title={t('none')} />}>
            <PeopleList people={all()} />
            <AsLastHeard error={error()} again={again} />
          </Show>
        )}
      </Show>
      <A class="form-link" href="/record">
        {t('back')}
      </A>
    </Show>
  )
}

/** A check that was refused, as its form; one that came too late has to be asked anew, and is of now. */
function draftOf(body: CheckBody | undefined): CheckDraft {
  if (body === undefined) return EMPTY_CHECK
  const { feeling, spo2, temperature } = body
  return { feeling, spo2: String(spo2 ?? ''), temperature: String(temperature ?? '') }
}

function isOfItsTime({ state }: QueuedRecord): boolean {
  return state.kind !== 'refused' || !state.refusal.fields.some(({ path }) => path === 'sourceAt')
}

function CheckForm(props: { case: number; corrected: QueuedRecord | undefined }): JSX.Element {
  const t = useWords(recordCareWords)
  const tRecord = useWords(recordWords)
  const { access, save } = useRecorder()
  const navigate = useNavigate()
  const [busy, during] = createBusy()
  const body = untrack(() => bodyOf(props.corrected))
  const [draft, setDraft] = createSignal(draftOf(body))
  const [channel, setChannel] = createSignal<ContactChannel>(body?.channel ?? 'phone')
  const [problems, setProblems] = createSignal<readonly CheckProblem[]>([])
  const [failure, setFailure] = createSignal<string>()

  async function press(): Promise<void> {
    const values = readCheck(draft())
    if (isProblems(values)) return void setProblems(values)
    setProblems([])
    const current = access()
    if (current.kind !== 'in') throw new Error('nobody is signed in')
    const { corrected } = props
    const madeAt = corrected && isOfItsTime(corrected) ? corrected.madeAt : deviceNow()
    const record: CheckBody = {
      kind: 'check',
      case: props.case,
      ...values,
      channel: channel(),
      sourceAt: new Date(madeAt).toISOString(),
    }
    try {
      const draftOfForm = draftKey(current.account.id, 'check', corrected?.key)
      await save(
        { kind: 'check', body: record, title: t('case', String(props.case)) },
        { instead: corrected?.key, draft: draftOfForm },
      )
    } catch (error) {
      setFailure(error instanceof PhoneFull ? tRecord('phoneFull') : tRecord('notSaved'))
      return
    }
    toast(tRecord('savedHere'), 'good')
    navigate('/record')
  }

  return (
    <form
      class="form-fields"
      novalidate
      onSubmit={(event) => {
        event.preventDefault()
        void during(press)
      }}
    >
      <StepHeading quiet>
        {tRecord('kind.check')} · {t('case', String(props.case))}
      </StepHeading>
      <CheckFields
        focused
        draft={draft()}
        problems={problems()}
        edit={(change) => setDraft((now) => ({ ...now, ...change }))}
      />
      <RadioChoices
        legend={t('how')}
        look="row"
        options={CONTACT_CHANNELS}
        label={(one) => t(`channel.${one}`)}
        value={channel()}
        onPick={(one) => setChannel(one)}
      />
      <A class="form-link" href={`/case/${props.case}`}>
        {t('open')}
      </A>
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
        <Button disabled={busy()} onClick={() => navigate('/record')}>
          {t('back')}
        </Button>
      </div>
    </form>
  )
}
