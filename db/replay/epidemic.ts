import { provinceOf } from '../../hub/contract/vocabulary/areas.ts'
import { addDays } from '../../hub/contract/vocabulary/days.ts'
import type { BedBook, BedMove, BedUnit } from './beds.ts'
import { createCandidates } from './candidates.ts'
import type { DayEvent } from './day-plan.ts'
import { between, pick, type Random } from './random.ts'
import { CARE, type CareChoice, DAY_SECONDS, GREEN_WAIT_SECONDS_MAX, SEVERITIES, SPANS } from './rates.ts'
import { type CareState, type ReplayCase, severityOf } from './replay-case.ts'
import { type Action, createSchedule } from './schedule.ts'

export type DoseEvent = Extract<DayEvent, { kind: 'dose' }> & { readonly day: string }
export type TestEvent = Extract<DayEvent, { kind: 'test' }> & { readonly day: string }

/** What has happened since the last batch, each case with its latest state only. */
export type Batch = {
  readonly created: readonly ReplayCase[]
  readonly changed: readonly ReplayCase[]
  readonly beds: readonly BedMove[]
  readonly doses: readonly DoseEvent[]
  readonly tests: readonly TestEvent[]
}

export type Epidemic = {
  /** seconds since midnight of the first day */
  readonly second: number
  readonly day: string
  /** deaths for which no open case of the province was there, so far */
  readonly deathsUnmet: number
  readonly openCases: number
  /** the day whose midnight is `second`, or which runs, gets these events */
  addDay(events: readonly DayEvent[]): void
  /** Takes over a case that an earlier run left open. */
  adopt(found: ReplayCase): void
  /** Clears a bed that an earlier run left held, occupied or in cleaning and no case of ours lies in. */
  release(unit: BedUnit, from: 'held' | 'occupied' | 'cleaning', within: number): void
  /** Lets time pass to `until` and keeps what happens for the next `step`. */
  advance(until: number): void
  /** Lets time pass to `until`, or to the end of the second in which `eventsMax` is reached. @returns the batch */
  step(until: number, eventsMax: number): Batch
}

/**
 * The course of every replayed case: reported, triaged, waiting, a bed held, in care, recovered or dead, and the bed
 * cleaned. Pure: time is what `step` is told, chance is `random`, and what has to be written is what it returns.
 */
export function createEpidemic(firstDay: string, second: number, beds: BedBook, random: Random): Epidemic {
  const schedule = createSchedule()
  const candidates = createCandidates(random)
  const created = new Set<ReplayCase>()
  const changed = new Set<ReplayCase>()
  let doses: DoseEvent[] = []
  let tests: TestEvent[] = []
  let now = second
  let events = 0
  let deathsUnmet = 0

  let known = { index: -1, day: firstDay }
  const today = () => {
    const index = Math.floor(now / DAY_SECONDS)
    if (index !== known.index) known = { index, day: addDays(firstDay, index) }
    return known.day
  }
  const after = ([min, max]: readonly [number, number], action: Action) =>
    schedule.at(now + between(min, max, random), action)
  const touch = (one: ReplayCase) => {
    events++
    if (!created.has(one)) changed.add(one)
  }
  const to = (one: ReplayCase, state: CareState) => {
    one.state = state
    touch(one)
  }

  const report = (district: string) => {
    const one: ReplayCase = {
      id: 0,
      district,
      reportDay: today(),
      reportedAt: now,
      severity: undefined,
      severityAt: now,
      risk608: false,
      state: { kind: 'reported' },
      stateAt: now,
      bed: undefined,
    }
    created.add(one)
    events++
    candidates.add(one)
    after(SPANS.reportToTriage, () => triage(one))
  }

  const triage = (one: ReplayCase) => {
    if (isOver(one)) return
    const class_ = pick(SEVERITIES, (entry) => entry.weight, random)
    candidates.remove(one)
    one.severity = class_.severity
    one.risk608 = random() < class_.risk608
    one.severityAt = now
    one.stateAt = now
    candidates.add(one)
    to(one, { kind: 'waiting' })
    after(SPANS.triageToSearch[class_.severity], () => search(one, choose(one)))
  }

  const choose = (one: ReplayCase): CareChoice => pick(CARE[severityOf(one)], (choice) => choice.weight, random)

  const holdBed = (one: ReplayCase, choices: readonly CareChoice[]): BedUnit | undefined => {
    for (const { place, level } of choices) {
      const unit = level && beds.hold(provinceOf(one.district), place, level, random)
      if (unit) return unit
    }
    return undefined
  }

  const search = (one: ReplayCase, wanted: CareChoice) => {
    if (isOver(one)) return
    if (wanted.level === null) return arrive(one, wanted)
    const unit = holdBed(one, [wanted, ...CARE[severityOf(one)]])
    if (unit) {
      one.bed = unit
      events++
      return after(SPANS.hold, () => arrive(one, { ...wanted, place: unit.kind }))
    }
    const waited = now - one.reportedAt
    if (severityOf(one) === 'green' && waited > GREEN_WAIT_SECONDS_MAX) return arrive(one, { ...wanted, place: 'hi' })
    if (waited > SPANS.stay[severityOf(one)][1]) return end(one, 'recovered')
    after(SPANS.searchAgain, () => search(one, wanted))
  }

  const arrive = (one: ReplayCase, choice: CareChoice) => {
    if (isOver(one)) return
    if (one.bed && !beds.move(one.bed, 'held', 'occupied')) one.bed = undefined
    one.stateAt = now
    to(one, { kind: 'care', place: choice.place })
    after(SPANS.stay[severityOf(one)], () => end(one, 'recovered'))
  }

  const end = (one: ReplayCase, outcome: 'recovered' | 'died') => {
    if (isOver(one)) return
    candidates.remove(one)
    if (one.bed) {
      const unit = one.bed
      one.bed = undefined
      if (one.state.kind === 'care') {
        if (beds.move(unit, 'occupied', 'cleaning')) after(SPANS.cleaning, () => freeBed(unit, 'cleaning'))
      } else beds.move(unit, 'held', 'available')
    }
    const place = one.state.kind === 'care' ? one.state.place : undefined
    if (outcome === 'recovered') one.stateAt = now
    to(one, { kind: 'over', outcome, day: today(), place })
  }

  const freeBed = (unit: BedUnit, from: 'held' | 'occupied' | 'cleaning') => {
    events++
    if (from !== 'occupied') beds.move(unit, from, 'available')
    else if (beds.move(unit, 'occupied', 'cleaning')) after(SPANS.cleaning, () => freeBed(unit, 'cleaning'))
  }

  /** A death before the province's first case of the day waits for the day's last second. */
  const die = (province: string) => {
    const lastSecond = (Math.floor(now / DAY_SECONDS) + 1) * DAY_SECONDS - 1
    const one = candidates.choose(province)
    if (one) end(one, 'died')
    else if (now < lastSecond) schedule.at(lastSecond, () => die(province))
    else deathsUnmet++
  }

  const happen = (event: DayEvent, day: string) => {
    if (event.kind === 'report') return report(event.district)
    if (event.kind === 'death') return die(event.province)
    events++
    if (event.kind === 'dose') doses.push({ ...event, day })
    else tests.push({ ...event, day })
  }

  const drain = (): Batch => {
    const batch = { created: [...created], changed: [...changed], beds: beds.drain(), doses, tests }
    created.clear()
    changed.clear()
    doses = []
    tests = []
    events = 0
    return batch
  }

  const pass = (until: number, eventsMax: number) => {
    while (now < until && events < eventsMax) {
      if (schedule.next >= until) {
        now = until
        return
      }
      now = schedule.next
      schedule.run()
      now++
    }
  }

  return {
    get second() {
      return now
    },
    get day() {
      return today()
    },
    get deathsUnmet() {
      return deathsUnmet
    },
    get openCases() {
      return candidates.count
    },
    addDay(planned) {
      const day = today()
      const midnight = Math.floor(now / DAY_SECONDS) * DAY_SECONDS
      for (const event of planned) schedule.at(Math.max(midnight + event.at, now), () => happen(event, day))
    },
    adopt(found) {
      candidates.add(found)
      if (found.state.kind === 'reported') after(SPANS.reportToTriage, () => triage(found))
      else if (found.state.kind === 'waiting') after(SPANS.hold, () => search(found, choose(found)))
      else after([0, SPANS.stay[severityOf(found)][1]], () => end(found, 'recovered'))
    },
    release: (unit, from, within) => after([0, within], () => freeBed(unit, from)),
    advance: (until) => pass(until, Number.POSITIVE_INFINITY),
    step(until, eventsMax) {
      pass(until, eventsMax)
      return drain()
    },
  }
}

function isOver(one: ReplayCase): boolean {
  return one.state.kind === 'over'
}
