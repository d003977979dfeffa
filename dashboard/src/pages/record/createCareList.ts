import { type Accessor, createSignal, onCleanup, onMount } from 'solid-js'
import { compareUrgency } from '../../../../hub/contract/vocabulary/urgency.ts'
import { ask } from '../../api/http.ts'
import { deviceNow } from '../../clock.ts'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage } from '../../i18n/language.tsx'
import type { PhoneAccount } from '../../offline/account.ts'
import { type AtHome, type CareList, keepCareList, keptCareList } from '../../offline/careList.ts'
import type { QueuedRecord } from '../../offline/queue.ts'
import { areaNames } from '../../places/areas.ts'
import { useRecorder } from './recorder.tsx'

/** A phone that has no list yet waits for it this long, so that what it shows does not jump. */
const FIRST_MS_MAX = 2_000
/** People that one phone lists: a sub-district's at the peak; who has more works from /care. */
const PEOPLE_MAX = 200

export type OnPhone = AtHome & {
  /** nobody has reached them today, as far as this phone knows */
  readonly due: boolean
}

export type PhoneCareList = {
  /** `undefined`: this phone has never heard it */
  readonly people: Accessor<readonly OnPhone[] | undefined>
  /** the list is here, or not to be waited for */
  readonly settled: Accessor<boolean>
  /** why the hub did not say the list when it was asked last; `undefined`: it did, or has not been asked yet */
  readonly error: Accessor<unknown>
  again(): void
}

/** Who is at home in the account's areas: as the hub says, without a network as it last said; and what this phone has recorded since. */
export function createCareList({ id: account, areas }: PhoneAccount): PhoneCareList {
  const { records } = useRecorder()
  const { language } = useLanguage()
  const kept = keptCareList(account)
  const [list, setList] = createSignal<CareList | undefined>(kept)
  const [settled, setSettled] = createSignal(kept !== undefined || !navigator.onLine)
  const load = async () => {
    const pages = await Promise.all(
      areas.map((area) => ask('GET /api/care', { query: { area, show: 'all', limit: PEOPLE_MAX } })),
    )
    const [first] = pages
    if (first === undefined) return
    await Promise.allSettled(pages.flatMap(({ people }) => people.map(({ place }) => areaNames(place, language()))))
    const fresh = { day: first.day, people: pages.flatMap(({ people }) => people) }
    setList(fresh)
    keepCareList(account, fresh)
  }
  const [error, setError] = createSignal<unknown>()
  const refresh = () => {
    load()
      .then(
        () => setError(undefined),
        // What this phone last heard stays.
        (cause: unknown) => setError(() => cause),
      )
      .finally(() => setSettled(true))
  }
  onMount(() => {
    refresh()
    window.addEventListener('online', refresh)
  })
  const timer = setTimeout(() => setSettled(true), FIRST_MS_MAX)
  onCleanup(() => {
    clearTimeout(timer)
    window.removeEventListener('online', refresh)
  })
  const people = () => {
    const known = list()
    if (known === undefined) return undefined
    const today = bangkokDay(deviceNow())
    const checked = new Set(records().flatMap((record) => checkedToday(record, today)))
    return known.people
      .map((person) => ({ ...person, due: (known.day !== today || person.uncalled) && !checked.has(person.case) }))
      .sort(byTurn)
  }
  return { people, settled, error, again: refresh }
}

/** The case of a check that was recorded on this phone today; one that was refused is none. */
function checkedToday({ kind, body, madeAt, state }: QueuedRecord, today: string): number[] {
  if (kind !== 'check' || state.kind === 'refused' || bangkokDay(madeAt) !== today) return []
  const id = body?.kind === 'check' ? body.case : state.kind === 'saved' ? state.case : null
  return id === null ? [] : [id]
}

/** Who is due first, then mine, then the most urgent and who has waited longest. */
function byTurn(a: OnPhone, b: OnPhone): number {
  const urgency = ({ severity, risk608, contactedAt, reportedAt }: OnPhone) => ({
    severity,
    risk608,
    waitingSince: contactedAt ?? reportedAt,
  })
  return Number(b.due) - Number(a.due) || Number(b.mine) - Number(a.mine) || compareUrgency(urgency(a), urgency(b))
}
