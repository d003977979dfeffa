import { createSignal, type JSX, Show } from 'solid-js'
import { provinceOf } from '../../../../hub/contract/vocabulary/areas.ts'
import type { CaseFile, Transfer } from '../../api/cases.ts'
import { ask } from '../../api/http.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { Button } from '../../ui/Button.tsx'
import { BedChoice, createBed } from './BedChoice.tsx'
import type { RunCommand } from './command.ts'
import { createDestinations } from './createDestinations.ts'
import { FacilityChoice, useFacilityName } from './FacilityChoice.tsx'
import { HeldUntil } from './HeldUntil.tsx'
import { useLevelName } from './levels.ts'
import { TransferSteps } from './TransferSteps.tsx'
import { transferWords } from './transferWords.ts'

type TransferPanelProps = {
  file: CaseFile
  run: RunCommand
  ended: boolean
  /** the key of this account */
  me: string
}

export function TransferPanel(props: TransferPanelProps): JSX.Element {
  const t = useWords(transferWords)
  const { format } = useLanguage()
  const mayAsk = () => props.file.may.includes('case.place') && !props.ended
  const last = () => {
    const ended = props.file.lastTransfer
    if (ended === null) return undefined
    const why = ended.rejectedReason === null ? '' : ` (${t(`refusal.${ended.rejectedReason}`)})`
    return t('last', `${t(`state.${ended.status}`)}${why}`, format().time(ended.updatedAt))
  }
  return (
    <Show when={props.file.transfer || mayAsk() || last()}>
      <section class="case-panel" aria-labelledby="case-transfer">
        <h2 id="case-transfer">{t('transfer')}</h2>
        <Show when={last()}>{(text) => <p class="case-last-transfer">{text()}</p>}</Show>
        <Show when={props.file.transfer} fallback={mayAsk() && <AskTransfer {...props} />}>
          {(transfer) => <UnderWay {...props} transfer={transfer()} />}
        </Show>
      </section>
    </Show>
  )
}

function AskTransfer(props: TransferPanelProps): JSX.Element {
  const t = useWords(transferWords)
  const bed = createBed(() => props.file.case.severity)
  const [busy, during] = createBusy()
  const send = async () => {
    const to = bed.facility()
    const body = { level: bed.level(), ...(to === undefined ? {} : { facility: to }) }
    const { id } = props.file.case
    await during(() => props.run((key) => ask('POST /api/cases/{id}/transfers', { params: { id }, body, key })))
  }
  return (
    <form
      class="case-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <BedChoice bed={bed} name="transfer-level" place={props.file.case.place} suggest />
      <Button type="submit" busy={busy()} data-action="ask-transfer">
        {t('ask')}
      </Button>
    </form>
  )
}

function UnderWay(props: TransferPanelProps & { transfer: Transfer }): JSX.Element {
  const t = useWords(transferWords)
  const levelName = useLevelName()
  const destinations = createDestinations(() => (props.transfer.toDistrict ?? props.file.case.district).slice(0, 2))
  const across = () => {
    const { toDistrict, district, status } = props.transfer
    return status === 'requested' && toDistrict !== null && provinceOf(toDistrict) !== provinceOf(district)
  }
  const facilityName = useFacilityName(destinations)
  const [facility, setFacility] = createSignal<number>()
  const mine = () => props.transfer.status === 'requested' && props.transfer.requestedKey === props.me
  return (
    <>
      <p data-transfer={props.transfer.status}>
        <b>{t(`state.${props.transfer.status}`)}</b> · {levelName(props.transfer.level)}{' '}
        <Show when={props.transfer.toFacility}>{(id) => <span>{t('to', facilityName(id()))} </span>}</Show>
        <small class="case-muted">{t('by', props.transfer.requestedBy)}</small>
      </p>
      <HeldUntil until={props.transfer.heldUntil} />
      <Show when={across() && props.transfer.toDistrict}>
        {(to) => (
          <p class="case-muted">
            {t('otherProvince')} <AreaName code={provinceOf(to())} />
          </p>
        )}
      </Show>
      <Show when={mine() && !across()}>
        <p class="case-muted">{t('secondPerson')}</p>
      </Show>
      <Show when={props.file.steps.includes('approve')}>
        <FacilityChoice
          place={props.file.case.place}
          level={props.transfer.level}
          chosen={facility()}
          choose={setFacility}
          suggest={{ asked: props.transfer.toFacility }}
        />
        <Show when={facility() === undefined}>
          <p class="case-muted">{t('approveNeeds')}</p>
        </Show>
      </Show>
      <TransferSteps
        steps={props.file.steps}
        facility={facility()}
        go={(step, body) =>
          props.run((key) => ask(`POST /api/transfers/{id}/${step}`, { params: { id: props.transfer.id }, body, key }))
        }
      />
    </>
  )
}
