import { useNavigate } from '@solidjs/router'
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { CLOSE_REASONS, type CloseReason } from '../../../../hub/contract/vocabulary/facilities.ts'
import { ask } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { useDesk } from '../../pageKit/DeskPage.tsx'
import { placeName } from '../../panels/subject.tsx'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import { Confirm } from '../admin/Confirm.tsx'
import { FacilityPicker } from '../admin/FacilityPicker.tsx'
import type { Facility } from './draft.ts'
import { registryWords } from './words.ts'

type Props = { facility: Facility; onChange(facility: Facility): void }

/** Closing, reopening and merging, each after a question. */
export function StateActions(props: Props): JSX.Element {
  const t = useWords(registryWords)
  const [asked, setAsked] = createSignal<'close' | 'merge'>()
  const submit = createSubmit()
  const reopen = () =>
    submit.send(async () => {
      const { id, version } = props.facility
      props.onChange(
        await ask('POST /api/facilities/{id}/reopen', { params: { id }, key: newKey(), body: { version } }),
      )
      toast(t('wasReopened'), 'good')
    })
  return (
    <Show when={props.facility.may.register && props.facility.mergedInto === null}>
      <div class="desk-buttons">
        <Button onClick={() => setAsked('merge')}>{t('merge')}</Button>
        <Show
          when={props.facility.active}
          fallback={
            <Button kind="primary" busy={submit.busy()} onClick={() => void reopen()}>
              {t('reopen')}
            </Button>
          }
        >
          <Button kind="danger" onClick={() => setAsked('close')}>
            {t('closeAction')}
          </Button>
        </Show>
        <ProblemNote text={submit.problem()?.text} />
      </div>
      <Switch>
        <Match when={asked() === 'close'}>
          <CloseDialog {...props} onClose={() => setAsked(undefined)} />
        </Match>
        <Match when={asked() === 'merge'}>
          <MergeDialog {...props} onClose={() => setAsked(undefined)} />
        </Match>
      </Switch>
    </Show>
  )
}

type DialogProps = Props & { onClose(): void }

function CloseDialog(props: DialogProps): JSX.Element {
  const t = useWords(registryWords)
  const { language } = useLanguage()
  const [reason, setReason] = createSignal<CloseReason>('ended')
  const { id, version } = props.facility
  return (
    <Confirm
      title={t('closeTitle', placeName(props.facility, language()))}
      text={t('closeText')}
      action={t('closeAction')}
      onClose={props.onClose}
      onConfirm={async () => {
        const body = { version, reason: reason() }
        const closed = await ask('POST /api/facilities/{id}/close', { params: { id }, key: newKey(), body })
        toast(t('wasClosed'), 'good')
        props.onChange(closed)
      }}
    >
      <SelectField
        label={t('reason')}
        name="reason"
        options={CLOSE_REASONS}
        value={reason()}
        text={(each) => t(`reasons.${each}`)}
        onChange={setReason}
      />
    </Confirm>
  )
}

function MergeDialog(props: DialogProps): JSX.Element {
  const t = useWords(registryWords)
  const { language } = useLanguage()
  const navigate = useNavigate()
  const { areas } = useDesk()
  const [into, setInto] = createSignal('')
  const { id, version } = props.facility
  return (
    <Confirm
      title={t('mergeTitle', placeName(props.facility, language()))}
      text={t('mergeText')}
      action={t('mergeAction')}
      blocked={into() === ''}
      onClose={props.onClose}
      onConfirm={async () => {
        const body = { version, into: Number(into()) }
        const kept = await ask('POST /api/facilities/{id}/merge', { params: { id }, key: newKey(), body })
        toast(t('wasMerged'), 'good')
        navigate(`/facilities/${kept.id}`)
      }}
    >
      <p class="field-label">{t('mergeInto')}</p>
      <FacilityPicker value={into()} within={areas[0] ?? 'TH'} onChange={setInto} />
    </Confirm>
  )
}
