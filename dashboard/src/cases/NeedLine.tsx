import { createSignal, type JSX, Match, Show, Suspense, Switch } from 'solid-js'
import type { Severity } from '../../../hub/contract/vocabulary/severity.ts'
import type { Move } from '../api/cases.ts'
import { NeedIcon } from '../forms/needIcons.tsx'
import { caseWords } from '../i18n/caseWords.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { Button } from '../ui/Button.tsx'
import { part } from '../ui/part.tsx'
import type { BoardNeed } from './board.ts'
import type { MoveInput, NeedWork } from './createNeedWork.ts'
import { useLeaseTimes } from './leases.ts'
import './NeedLine.css'
import { countdown } from './speech.ts'
import { workWords } from './words.ts'

// A card needs neither before somebody presses: they, and the dialog they stand in, are as large as all the rest of it.
const CloseNeed = part(async () => ({ default: (await import('./CloseNeed.tsx')).CloseNeed }))
const ColleaguePicker = part(async () => ({ default: (await import('./ColleaguePicker.tsx')).ColleaguePicker }))

type NeedLineProps = {
  need: BoardNeed
  severity: Severity
  work: NeedWork
  /** the account's key */
  me: string
  mayClaim: boolean
  /** ms since 1970, the hub's clock */
  now: number
  /** everything that can be done, as the page of the case offers it; a board offers what is common */
  whole?: boolean
  /** what a supervisor may do in the holder's place */
  supervises?: boolean
}

/** A need, who has it, and what one tap can do about it. */
export function NeedLine(props: NeedLineProps): JSX.Element {
  const t = useWords(workWords)
  const names = useWords(caseWords)
  const { format } = useLanguage()
  const leases = useLeaseTimes()
  const [dialog, setDialog] = createSignal<'colleague' | 'close'>()
  const mine = () => props.work.mine(props.need.id)
  const left = () => (props.need.leaseUntil ?? 0) - props.now
  const endsSoon = () => left() < (leases()?.warnMs[props.severity] ?? 0)
  const offeredToMe = () => props.need.offeredKey === props.me && !mine()
  const since = () => (props.need.claimedAt === null ? '–' : format().time(props.need.claimedAt))
  const name = () => names(`need.${props.need.kind}`)
  const pending = () => props.work.pending(props.need.id)
  const label = (text: string) => `${text}: ${name()}, ${t('caseNo', String(props.need.caseId))}`
  const act = (move: Move, input?: MoveInput) => void props.work.act(props.need, move, input)
  const close = () => setDialog(undefined)
  const chosen = (move: Move, input: MoveInput) => {
    close()
    act(move, input)
  }

  type ActProps = {
    move: Move
    input?: MoveInput
    text: string
    hint?: string
    busy?: string
    kind?: 'primary' | 'plain'
  }
  const Act = (own: ActProps): JSX.Element => (
    <Button
      kind={own.kind ?? 'plain'}
      busy={pending() === own.move}
      disabled={pending() !== undefined || props.work.away()}
      aria-label={label(own.text)}
      title={own.hint}
      data-move={own.move}
      onClick={() => act(own.move, own.input)}
    >
      {pending() === own.move && own.busy ? own.busy : own.text}
    </Button>
  )
  const Opens = (own: { dialog: 'colleague' | 'close'; text: string; hint?: string }): JSX.Element => (
    <Button
      disabled={pending() !== undefined || props.work.away()}
      aria-label={label(own.text)}
      title={own.hint}
      aria-haspopup="dialog"
      data-opens={own.dialog}
      onClick={() => setDialog(own.dialog)}
    >
      {own.text}
    </Button>
  )
  const HandOver = (): JSX.Element => (
    <Show when={props.need.offeredTo === null} fallback={<Act move="withdraw" text={t('withdraw')} />}>
      <Opens dialog="colleague" text={t('handOverTo')} />
    </Show>
  )
  const CloseIt = (): JSX.Element => (
    <Show when={props.whole}>
      <Opens dialog="close" text={t('closeNeed')} hint={t('closeNeedHint')} />
    </Show>
  )

  return (
    <div
      class="need-line"
      data-need={props.need.id}
      data-status={props.need.status}
      data-holder={props.need.holder ?? undefined}
      data-mine={mine() ? 'yes' : undefined}
    >
      <span class="need-name">
        <NeedIcon kind={props.need.kind} />
        <span>
          {name()}
          <Show when={props.need.status === 'open' && props.need.freed}>
            {(freed) => <small> · {t(`freed.${freed() as 'released'}`)}</small>}
          </Show>
          <Show when={props.need.status === 'in_progress'}>
            <small> · {t('inProgress')}</small>
          </Show>
        </span>
      </span>
      <Switch>
        <Match when={props.need.status === 'open'}>
          <span class="need-actions">
            <Show when={props.supervises}>
              <CloseIt />
            </Show>
            <Show when={props.mayClaim}>
              <Act move="claim" text={t('claim')} busy={t('claiming')} kind="primary" />
            </Show>
          </span>
        </Match>
        <Match when={mine()}>
          <span class="need-state need-mine" classList={{ 'need-ending': endsSoon() }}>
            <b>{t('mine')}</b>
            <span class="need-lease">
              {left() <= 0 ? t('ended') : endsSoon() ? t('endsSoon', countdown(left())) : t('left', countdown(left()))}
            </span>
          </span>
          <Show when={props.need.askedAt !== null && props.need.offeredTo === null}>
            <span class="need-asked">
              <Show when={props.work.asker(props.need.id)} fallback={t('askedFor')}>
                {(asker) => (
                  <>
                    {t('wants', asker().label)}{' '}
                    <Act move="offer" input={{ to: asker().key }} text={t('handOver', asker().label)} />
                  </>
                )}
              </Show>
            </span>
          </Show>
          <Show when={props.need.offeredTo}>{(to) => <span class="need-asked">{t('offeredTo', to())}</span>}</Show>
          <span class="need-actions">
            <Show when={endsSoon() || props.whole}>
              <Act move="heartbeat" text={t('keep')} kind={endsSoon() ? 'primary' : 'plain'} />
            </Show>
            <Show when={props.whole && props.need.status === 'claimed'}>
              <Act move="start" text={t('start')} hint={t('startHint')} />
            </Show>
            <HandOver />
            <Act move="release" text={t('release')} />
            <CloseIt />
            <Act move="fulfil" text={t('fulfil')} />
          </span>
        </Match>
        <Match when={offeredToMe()}>
          <span class="need-state">{t('offeredYou', props.need.holder ?? '')}</span>
          <span class="need-actions">
            <Act move="reject" text={t('reject')} />
            <Act move="accept" text={t('accept')} kind="primary" />
          </span>
        </Match>
        <Match when={props.need.holder}>
          <span class="need-state">{t('since', props.need.holder ?? '', since())}</span>
          <span class="need-actions">
            <Show when={props.mayClaim && props.need.holderKey !== props.me}>
              <Show when={props.need.askedAt === null} fallback={<small>{t('asked')}</small>}>
                <Act move="ask" text={t('ask')} />
              </Show>
            </Show>
            <Show when={props.supervises}>
              <HandOver />
              <Act move="release" text={t('release')} />
              <CloseIt />
              <Act move="fulfil" text={t('fulfil')} />
            </Show>
          </span>
        </Match>
      </Switch>
      <Show when={props.work.refusal(props.need.id)}>
        {(text) => (
          <p class="need-refusal" role="alert">
            {text()}
          </p>
        )}
      </Show>
      <Show when={dialog() === 'colleague'}>
        <Suspense>
          <ColleaguePicker need={props.need.id} close={close} choose={(to) => chosen('offer', { to })} />
        </Suspense>
      </Show>
      <Show when={dialog() === 'close'}>
        <Suspense>
          <CloseNeed close={close} choose={(reason) => chosen('close', { reason })} />
        </Suspense>
      </Show>
    </div>
  )
}
