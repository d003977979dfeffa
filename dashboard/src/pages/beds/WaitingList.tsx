import { A } from '@solidjs/router'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import type { BedLevel } from '../../../../hub/contract/vocabulary/beds.ts'
import {
  type Blocker,
  blockerOf,
  NEAR_KM,
  type Offered,
  offeredFor,
} from '../../../../hub/contract/vocabulary/placing.ts'
import type { UnitKind } from '../../../../hub/contract/vocabulary/units.ts'
import type { ListedTransfer } from '../../api/cases.ts'
import { useErrorText, useSpan } from '../../cases/speech.ts'
import { workWords } from '../../cases/words.ts'
import { createBusyWith } from '../../forms/createBusy.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { unitWords } from '../../i18n/unitWords.ts'
import { createNow } from '../../live/createNow.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { placeName, useSubject } from '../../panels/subject.tsx'
import { noticeExpiry } from '../../session/account.ts'
import { Badge, SeverityBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import { createPoint, type Destination, type Destinations } from '../case/createDestinations.ts'
import { useLevelName } from '../case/levels.ts'
import { transferWords } from '../case/transferWords.ts'
import { askFor } from './askFor.ts'
import { type Elsewhere, nearestElsewhere } from './elsewhere.ts'
import { Proposals } from './Proposals.tsx'
import { Said } from './Said.tsx'
import type { Waiting } from './stages.ts'
import { useNames } from './useNames.ts'
import { bedsWords } from './words.ts'

const LOOK_EVERY_MS = 10_000
/** Cards at first, and with each press more. */
const CARDS = 30
const OFFERS_MAX = 3
/** What somebody of a level may need beside the bed; a bed for a child, whoever it is for. */
const UNITS_OF: Readonly<Record<BedLevel, readonly UnitKind[]>> = {
  '0': ['child'],
  '1': ['child'],
  '2.1': ['child', 'isolation'],
  '2.2': ['child', 'aiir', 'ventilator'],
  '3': ['child', 'aiir', 'ventilator'],
}

type WaitingListProps = {
  /** the province, or the part of it that this account works for */
  area: string
  waiting: readonly Waiting[]
  /** of whom the last request was refused, by case */
  refused: ReadonlyMap<number, ListedTransfer>
  destinations: Destinations
  elsewhere: readonly Elsewhere[]
  /** this account may ask for a bed */
  places: boolean
  /** and hear what people said of their condition */
  hears: boolean
}

/** Who needs a place and for whom none is asked for: where they could go, or what blocks it. */
export function WaitingList(props: WaitingListProps): JSX.Element {
  const t = useWords(bedsWords)
  const { format } = useLanguage()
  const [shown, setShown] = createSignal(CARDS)
  const byId = createMemo(() => new Map(props.waiting.map((one) => [one.id, one])))
  const rest = () => props.waiting.length - shown()
  return (
    <Show when={props.waiting.length > 0} fallback={<p class="desk-muted">{t('none.waiting')}</p>}>
      <Show when={props.places}>
        <Proposals {...props} />
      </Show>
      <ul class="beds-cards">
        <For each={props.waiting.slice(0, shown()).map(({ id }) => id)}>
          {(id) => <Show when={byId().get(id)}>{(one) => <WaitingCard {...props} one={one()} />}</Show>}
        </For>
      </ul>
      <Show when={rest() > 0}>
        <Button data-action="more-waiting" onClick={() => setShown(shown() + CARDS)}>
          {t('more', format().number(rest()))}
        </Button>
      </Show>
    </Show>
  )
}

function WaitingCard(props: WaitingListProps & { one: Waiting }): JSX.Element {
  const t = useWords(bedsWords)
  const work = useWords(workWords)
  const words = useWords(transferWords)
  const { language, format } = useLanguage()
  const { live } = useSubject()
  const levelName = useLevelName()
  const names = useNames()
  const blockerText = useBlockerText()
  const fault = useErrorText()
  const span = useSpan()
  const tick = createNow(LOOK_EVERY_MS)
  const ago = (at: number) => span(tick() + (live.status().offsetMs ?? 0) - at)
  const from = createPoint(() => props.one.place)
  const offered = createMemo(() => offeredFor(props.destinations.list, props.one.level, from()))
  const refused = () => props.refused.get(props.one.id)
  /** Who has refused is asked last. */
  const best = createMemo(() => {
    const free = offered().filter((each) => each.free > 0)
    const by = refused()?.toFacility
    return [...free.filter(({ id }) => id !== by), ...free.filter(({ id }) => id === by)].slice(0, OFFERS_MAX)
  })
  const [busy, during] = createBusyWith<number>()
  const blocker = () => (props.destinations.list.length > 0 ? blockerOf(offered()) : undefined)
  /** Where nobody near at home can take them. */
  const abroad = createMemo(() =>
    blocker() === undefined ? [] : nearestElsewhere(props.elsewhere, props.one.level, from()),
  )
  const send = (facility: number, said: string) =>
    during(facility, async () => {
      try {
        await askFor({ caseId: props.one.id, level: props.one.level, facility })
        toast(said, 'good')
      } catch (error) {
        if (!noticeExpiry(error)) toast(fault(error), 'alarm')
      }
    })
  const refuserOf = ({ to, toDistrict }: ListedTransfer) => {
    if (to === null || toDistrict === null) return t('coordination')
    return names.facility({ ...to, district: toDistrict })
  }
  const units = useWords(unitWords)
  const offerText = ({ free, level, load, km, units: has }: Offered<Destination>) =>
    [
      t('offer', format().number(free), format().number(level.staffed), format().percent(load)),
      ...(km === undefined ? [] : [words('km', format().number(Math.round(km)))]),
      ...UNITS_OF[props.one.level].flatMap((kind) => {
        const count = has[kind]
        return count === undefined ? [] : [`${units(kind)}: ${t('freeElsewhere', format().number(count))}`]
      }),
    ].join(' · ')
  return (
    <li class="beds-card" data-case={props.one.id}>
      <p class="beds-card-head">
        <SeverityBadge severity={props.one.severity} />
        <Show when={props.one.risk608}>
          <span title={work('risk608Long')}>
            <Badge>{work('risk608')}</Badge>
          </span>
        </Show>
        <A href={`/case/${props.one.id}`}>{work('caseNo', String(props.one.id))}</A>
        <b>{levelName(props.one.level)}</b>
      </p>
      <p class="desk-muted">
        <AreaName code={props.one.place} /> · {t('waiting', ago(props.one.waitingSince))}
        <Show when={props.one.heardAt}>{(at) => <> · {t('heard', ago(at()))}</>}</Show>
      </p>
      <Show when={props.hears}>
        <Said caseId={props.one.id} heardAt={props.one.heardAt} />
      </Show>
      <Show when={refused()}>
        {(last) => (
          <p data-refused={last().rejectedReason}>
            {t(
              'refused',
              refuserOf(last()),
              words(`refusal.${last().rejectedReason ?? 'other'}`),
              format().time(last().updatedAt),
            )}
          </p>
        )}
      </Show>
      <Show when={blocker()}>
        {(what) => (
          <p class="beds-blocker" data-blocker={what().kind}>
            {blockerText(props.one.level, what())}
          </p>
        )}
      </Show>
      <Show when={best().length > 0}>
        <ul class="beds-offers">
          <For each={best().map(({ id }) => id)}>
            {(id) => (
              <Show when={best().find((each) => each.id === id)}>
                {(facility) => (
                  <li>
                    <span>
                      <b>{placeName(facility(), language())}</b>{' '}
                      <small class="desk-muted">{offerText(facility())}</small>
                    </span>
                    <Show when={props.places}>
                      <Button
                        kind={best()[0]?.id === id ? 'primary' : 'plain'}
                        busy={busy() === id}
                        disabled={busy() !== undefined}
                        data-ask={id}
                        aria-label={t('ask', placeName(facility(), language()))}
                        onClick={() => void send(id, t('asking', placeName(facility(), language())))}
                      >
                        {t('askShort')}
                      </Button>
                    </Show>
                  </li>
                )}
              </Show>
            )}
          </For>
        </ul>
      </Show>
      <Show when={abroad().length > 0}>
        <p class="desk-muted">{t('nextProvince')}</p>
        <ul class="beds-offers">
          <For each={abroad().map(({ facility }) => facility)}>
            {(id) => (
              <Show when={abroad().find((each) => each.facility === id)}>
                {(one) => (
                  <li>
                    <span>
                      <b>{names.facility(one())}</b>{' '}
                      <small class="desk-muted">
                        {t('freeElsewhere', format().number(one().count))} ·{' '}
                        {words('km', format().number(Math.round(one().km)))}
                      </small>
                    </span>
                    <Show when={props.places}>
                      <Button
                        busy={busy() === id}
                        disabled={busy() !== undefined}
                        data-ask-elsewhere={id}
                        aria-label={t('ask', names.facility(one()))}
                        onClick={() => void send(id, t('askedElsewhere', names.facility(one())))}
                      >
                        {t('askShort')}
                      </Button>
                    </Show>
                  </li>
                )}
              </Show>
            )}
          </For>
        </ul>
      </Show>
    </li>
  )
}

/** @returns why there is no bed near, as a sentence */
function useBlockerText(): (level: string, blocker: Blocker) => string {
  const t = useWords(bedsWords)
  const { format } = useLanguage()
  const number = (n: number) => format().number(Math.round(n))
  return (level, blocker) => {
    if (blocker.kind === 'no_level') return t('blocker.noLevel', level)
    const beyond = blocker.beyond === undefined ? [] : [t('blocker.beyond', number(blocker.beyond))]
    if (blocker.kind === 'far') return [t('blocker.far', level, number(NEAR_KM)), ...beyond].join(' ')
    const { held, until } = blocker
    const parts = [
      ...(blocker.occupied > 0 ? [t('blocker.occupied', number(blocker.occupied))] : []),
      ...(blocker.cleaning > 0 ? [t('blocker.cleaning', number(blocker.cleaning))] : []),
      ...(blocker.asked > 0 ? [t('blocker.asked', number(blocker.asked))] : []),
      ...(held === 0
        ? []
        : [
            until === null
              ? t('blocker.held', number(held))
              : t('blocker.heldUntil', number(held), format().time(until)),
          ]),
    ]
    const full = t('blocker.full', level, number(NEAR_KM), number(blocker.staffed))
    return [`${full} ${parts.join(', ')}.`, ...beyond].join(' ')
  }
}
