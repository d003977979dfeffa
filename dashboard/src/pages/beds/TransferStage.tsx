import { A } from '@solidjs/router'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { provinceOf } from '../../../../hub/contract/vocabulary/areas.ts'
import type { TransferStep } from '../../../../hub/contract/vocabulary/transfers.ts'
import type { ListedTransfer, StepBody } from '../../api/cases.ts'
import { useSpan } from '../../cases/speech.ts'
import { workWords } from '../../cases/words.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { createNow } from '../../live/createNow.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { useSubject } from '../../panels/subject.tsx'
import { Badge, SeverityBadge } from '../../ui/Badge.tsx'
import { createPoint, type Destinations } from '../case/createDestinations.ts'
import { FacilitySelect } from '../case/FacilityChoice.tsx'
import { HeldUntil } from '../case/HeldUntil.tsx'
import { useLevelName } from '../case/levels.ts'
import { TransferSteps } from '../case/TransferSteps.tsx'
import { transferWords } from '../case/transferWords.ts'
import { type Elsewhere, nearestElsewhere } from './elsewhere.ts'
import { isIncoming, type Stage } from './stages.ts'
import { useNames } from './useNames.ts'
import { bedsWords } from './words.ts'

const LOOK_EVERY_MS = 10_000

type StageProps = {
  stage: Stage
  transfers: readonly ListedTransfer[]
  destinations: Destinations
  elsewhere: readonly Elsewhere[]
  /** the key of this account */
  me: string
  go(id: number, step: TransferStep, body: StepBody): Promise<boolean>
}

/** The transfers that wait for the same. */
export function TransferStage(props: StageProps): JSX.Element {
  const t = useWords(bedsWords)
  return (
    <Show when={props.transfers.length > 0} fallback={<p class="desk-muted">{t(`none.${props.stage}`)}</p>}>
      <ul class="beds-cards">
        <For each={props.transfers}>{(transfer) => <TransferCard {...props} transfer={transfer} />}</For>
      </ul>
    </Show>
  )
}

function TransferCard(props: StageProps & { transfer: ListedTransfer }): JSX.Element {
  const t = useWords(bedsWords)
  const words = useWords(transferWords)
  const work = useWords(workWords)
  const levelName = useLevelName()
  const names = useNames()
  const { format } = useLanguage()
  const { live, area } = useSubject()
  const span = useSpan()
  const tick = createNow(LOOK_EVERY_MS)
  const [facility, setFacility] = createSignal<number>()
  const place = () => props.transfer.case?.place ?? props.transfer.district
  const mayApprove = () => props.transfer.steps.some((step) => step === 'approve' || step === 'agree')
  const mayRedirect = () => props.transfer.steps.includes('redirect')
  const from = createPoint(place)
  const elsewhere = createMemo(() =>
    mayRedirect()
      ? nearestElsewhere(props.elsewhere, props.transfer.level, from()).map((each) => ({
          id: each.facility,
          text: [
            names.facility(each),
            t('freeElsewhere', format().number(each.count)),
            words('km', format().number(Math.round(each.km))),
          ].join(' · '),
        }))
      : [],
  )
  const redirects = () => {
    const chosen = facility()
    if (chosen === undefined || chosen === props.transfer.toFacility) return false
    return !mayApprove() || elsewhere().some(({ id }) => id === chosen)
  }
  /** the province that has to agree, where this one asks */
  const agrees = () => {
    const { status, toDistrict, district } = props.transfer
    if (status !== 'requested' || toDistrict === null || provinceOf(toDistrict) === provinceOf(district))
      return undefined
    return isIncoming(props.transfer, area) ? undefined : provinceOf(toDistrict)
  }
  const destination = () => {
    const { to, toDistrict } = props.transfer
    if (to === null || toDistrict === null) return undefined
    return names.facility({ ...to, district: toDistrict })
  }
  const isMine = () => props.transfer.status === 'requested' && props.transfer.requestedKey === props.me
  return (
    <li class="beds-card" data-case={props.transfer.caseId} data-transfer={props.transfer.status}>
      <p class="beds-card-head">
        <Show when={props.transfer.case}>{(about) => <SeverityBadge severity={about().severity} />}</Show>
        <Show when={props.transfer.case?.risk608}>
          <span title={work('risk608Long')}>
            <Badge>{work('risk608')}</Badge>
          </span>
        </Show>
        <Show when={props.transfer.case} fallback={<span>{work('caseNo', String(props.transfer.caseId))}</span>}>
          <A href={`/case/${props.transfer.caseId}`}>{work('caseNo', String(props.transfer.caseId))}</A>
        </Show>
        <b>{levelName(props.transfer.level)}</b>
      </p>
      <p class="desk-muted">
        <AreaName code={place()} /> · {words('by', props.transfer.requestedBy)} ·{' '}
        {t('waits', span(tick() + (live.status().offsetMs ?? 0) - props.transfer.requestedAt))}
      </p>
      <Show when={!mayApprove() && destination()}>
        {(name) => (
          <p>
            {words(`state.${props.transfer.status}`)} · {words('to', name())}
          </p>
        )}
      </Show>
      <Show when={agrees()}>
        {(code) => (
          <p class="desk-muted" data-agrees={code()}>
            {words('otherProvince')} {names.province(code())}
          </p>
        )}
      </Show>
      <HeldUntil until={props.transfer.heldUntil} />
      <Show when={isMine() && agrees() === undefined}>
        <p class="desk-muted">{words('secondPerson')}</p>
      </Show>
      <Show when={mayApprove() || mayRedirect()}>
        <FacilitySelect
          place={place()}
          level={props.transfer.level}
          chosen={facility()}
          choose={setFacility}
          suggest={mayApprove() ? { asked: props.transfer.toFacility } : undefined}
          elsewhere={elsewhere()}
          destinations={props.destinations}
        />
      </Show>
      <TransferSteps
        steps={props.transfer.steps}
        facility={facility()}
        redirects={redirects()}
        go={(step, body) => props.go(props.transfer.id, step, body)}
      />
    </li>
  )
}
