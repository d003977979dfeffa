import { type Accessor, createEffect, createSignal, onCleanup, untrack } from 'solid-js'
import type { CloseNeedReason } from '../../../hub/contract/vocabulary/needs.ts'
import { command, fetchMyNeeds, type Move, type Need } from '../api/cases.ts'
import { ApiError, type AskingBody, ask, unreachable } from '../api/http.ts'
import { caseWords } from '../i18n/caseWords.ts'
import { useWords } from '../i18n/language.tsx'
import { noticeExpiry } from '../session/account.ts'
import { toast } from '../ui/Toast.tsx'
import type { BoardNeed } from './board.ts'
import { useErrorText } from './speech.ts'
import { toastFault } from './toastFault.ts'
import { offerUndo } from './UndoBar.tsx'
import { workWords } from './words.ts'

type MoveBody = AskingBody<`POST /api/needs/{id}/${Move}`>
/** What a move wants to know besides its need. */
export type MoveInput = { readonly to?: string; readonly reason?: CloseNeedReason; readonly fence?: number }

/** The stream normally brings the change before the answer comes; without it, the button is given back after this. */
const STREAM_MS_MAX = 4_000
/** A claim's own answer says its token; a need held from elsewhere is asked for when none has come. */
const ANSWER_MS_MAX = 800

type Pending = { readonly move: Move; readonly before: string; readonly answered: boolean }

/** Who asks for a need, by call-sign and key. */
export type Asker = { readonly label: string; readonly key: string }

export type NeedWork = {
  /** what is being done with a need at this moment */
  pending(need: number): Move | undefined
  /** the need with its token when this account holds it */
  mine(need: number): Need | undefined
  /** who asks this account to hand it over; `undefined` while that is not known: an offer is never made to nobody */
  asker(need: number): Asker | undefined
  /** said to this need by the hub when it refused */
  refusal(need: number): string | undefined
  /** there is no link to the hub: nothing is sent until it is back */
  away(): boolean
  act(need: Pick<BoardNeed, 'id' | 'caseId' | 'kind'>, move: Move, input?: MoveInput): Promise<void>
}

const NEEDS_NO_TOKEN: readonly Move[] = ['claim', 'ask', 'accept', 'reject', 'reopen']
const signature = (need: BoardNeed | undefined) =>
  need === undefined
    ? ''
    : [need.status, need.holderKey, need.claimedAt, need.leaseUntil, need.askedAt, need.offeredKey].join('|')
const UNDOABLE = ['claim', 'start', 'release', 'fulfil', 'close'] as const
const hasUndo = (move: Move): move is (typeof UNDOABLE)[number] => (UNDOABLE as readonly Move[]).includes(move)

/** What became of an offer between two states of a need, for the account `me`. */
export function answerTo(was: BoardNeed, is: BoardNeed | undefined, me: string): 'declined' | 'taken' | undefined {
  if (was.holderKey !== me || was.offeredKey === null || is === undefined || is.offeredKey === was.offeredKey)
    return undefined
  if (is.holderKey === was.offeredKey) return 'taken'
  return is.holderKey === me && is.offeredKey === null ? 'declined' : undefined
}

/** Who asked at the time the row shows; what is known of an earlier one does not count. */
export function askerOf(known: Need | undefined, row: BoardNeed): Asker | undefined {
  if (!known?.askedBy || known.askedKey === null || known.askedAt !== row.askedAt) return undefined
  return { label: known.askedBy, key: known.askedKey }
}

/**
 * Claiming and what follows. A press shows at once that it is being worked on, and takes no second one; what the row
 * says changes when the stream says so.
 * @param me the account's key, as rows show a holder
 * @param away whether the live link is lost
 * @param fulfilled told when a need was done here, before the stream takes it away
 */
export function createNeedWork(
  needs: Accessor<ReadonlyMap<number, BoardNeed>>,
  me: Accessor<string>,
  away: Accessor<boolean>,
  fulfilled?: (need: Pick<BoardNeed, 'id' | 'caseId'>) => void,
): NeedWork {
  const t = useWords(workWords)
  const names = useWords(caseWords)
  const fault = useErrorText()
  const [pending, setPending] = createSignal<ReadonlyMap<number, Pending>>(new Map())
  const [mine, setMine] = createSignal<ReadonlyMap<number, Need>>(new Map())
  const [refusals, setRefusals] = createSignal<ReadonlyMap<number, string>>(new Map())

  /** needs whose refusal is that the hub could not be reached: it ends when the hub can be */
  const [unsent, setUnsent] = createSignal<ReadonlySet<number>>(new Set())
  createEffect(() => {
    if (unreachable()) return
    const ids = untrack(unsent)
    if (ids.size === 0) return
    setRefusals((all) => new Map([...all].filter(([id]) => !ids.has(id))))
    setUnsent(new Set<number>())
  })

  const put = <T>(map: ReadonlyMap<number, T>, key: number, value: T | undefined) => {
    const next = new Map(map)
    if (value === undefined) next.delete(key)
    else next.set(key, value)
    return next
  }
  const finish = (id: number) => setPending((all) => (all.has(id) ? put(all, id, undefined) : all))

  // What others answer to an offer is said once, as it comes. Before a press of one's own is over: that is no answer.
  createEffect<ReadonlyMap<number, BoardNeed>>((before) => {
    const rows = needs()
    untrack(() => {
      for (const [id, was] of before) {
        const news = answerTo(was, rows.get(id), me())
        if (news && !pending().has(id))
          toast(t(`answer.${news}`, was.offeredTo ?? was.holder ?? '', names(`need.${was.kind}`)))
      }
    })
    return rows
  }, new Map())

  createEffect(() => {
    const rows = needs()
    for (const [id, { before, answered }] of pending()) {
      const row = rows.get(id)
      if (answered && signature(row) !== before) finish(id)
    }
  })

  const isCurrent = (known: Need | undefined, row: BoardNeed) =>
    known !== undefined && (row.claimedAt === null || known.claimedAt === row.claimedAt)

  let asking: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(asking))
  const own = () => [...needs().values()].filter((row) => row.holderKey === me())
  const unknownAsker = () => own().some((row) => row.askedAt !== null && askerOf(mine().get(row.id), row) === undefined)
  const unknownClaims = () => unknownAsker() || own().some((row) => !isCurrent(mine().get(row.id), row))
  const refetch = async () => {
    asking = undefined
    if (!unknownClaims()) return
    try {
      setMine(new Map((await fetchMyNeeds()).map((need) => [need.id, need])))
    } catch (error) {
      noticeExpiry(error)
    }
  }
  createEffect(() => {
    // No answer of one's own says who asks.
    if (unknownClaims()) asking ??= setTimeout(() => void refetch(), unknownAsker() ? 0 : ANSWER_MS_MAX)
  })

  type Asked = Pick<BoardNeed, 'id' | 'caseId' | 'kind'>
  const said = (need: Asked, move: Move, event: number | null) => {
    if (hasUndo(move))
      offerUndo(t(`done.${move}`, names(`need.${need.kind}`), String(need.caseId)), need.caseId, event, 'need')
    else if (move === 'heartbeat') toast(t('kept'), 'good')
  }

  return {
    pending: (need) => pending().get(need)?.move,
    mine: (need) => {
      const known = mine().get(need)
      const row = needs().get(need)
      return row && row.status !== 'open' && isCurrent(known, row) ? known : undefined
    },
    asker: (need) => {
      const row = needs().get(need)
      return row && askerOf(mine().get(need), row)
    },
    refusal: (need) => refusals().get(need),
    away,
    async act(need, move, input = {}) {
      if (pending().has(need.id) || away()) return
      const before = signature(needs().get(need.id))
      setPending((all) => put(all, need.id, { move, before, answered: false }))
      setRefusals((all) => put(all, need.id, undefined))
      const fence = mine().get(need.id)?.fence
      const body: MoveBody = NEEDS_NO_TOKEN.includes(move) || !fence ? input : { ...input, fence }
      try {
        const answer = await command((key) =>
          ask(`POST /api/needs/{id}/${move}`, { params: { id: need.id }, body, key }),
        )
        setMine((all) => put(all, need.id, answer.need.yours ? answer.need : undefined))
        setPending((all) => put(all, need.id, { move, before, answered: true }))
        setTimeout(finish, STREAM_MS_MAX, need.id)
        said(need, move, answer.event)
        if (move === 'fulfil') fulfilled?.(need)
      } catch (error) {
        finish(need.id)
        if (!noticeExpiry(error)) {
          const sentence = fault(error)
          setRefusals((all) => put(all, need.id, sentence))
          toastFault(error, sentence)
          if (error instanceof ApiError && error.code === 'unreachable') setUnsent((all) => new Set(all).add(need.id))
        }
      }
    },
  }
}
