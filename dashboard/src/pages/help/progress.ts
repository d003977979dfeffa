import type { HelpStatus, NeedStatus } from '../../api/help.ts'

export const PROGRESS_STEPS = ['received', 'taken', 'contacted', 'helped', 'bedFound', 'onTheWay', 'arrived'] as const
export type ProgressStep = (typeof PROGRESS_STEPS)[number]
/** `at`: ms since 1970, when it is known */
export type Progress = { readonly step: ProgressStep; readonly done: boolean; readonly at: number | null }

const IN_CARE = ['hi', 'ci', 'field', 'hospitel', 'hospital', 'discharged']

/** The five axes of a case as the few things a person wants to know; a bed that was found is told step by step. */
export function progressOf(status: HelpStatus): readonly Progress[] {
  const { bed } = status
  const held = status.needs.filter(({ holder }) => holder !== null)
  const fulfilled = status.needs.filter((need) => need.status === 'fulfilled')
  const helped = fulfilled.length > 0 || IN_CARE.includes(status.carePlace)
  const contacted = status.contactedAt !== null
  // What was given back is not taken: the time alone does not say so.
  const taken = held.length > 0 || contacted || helped || bed !== null
  const step = (name: ProgressStep, at: number | null, done = at !== null): Progress => ({ step: name, done, at })
  return [
    step('received', status.askedAt),
    step('taken', status.takenAt ?? earliest(held), taken),
    step('contacted', status.contactedAt),
    ...(bed === null
      ? [step('helped', status.helpedAt ?? earliest(fulfilled), helped)]
      : [
          step('bedFound', bed.foundAt),
          step('onTheWay', bed.onTheWayAt, bed.onTheWayAt !== null || bed.arrivedAt !== null),
          step('arrived', bed.arrivedAt),
        ]),
  ]
}

function earliest(needs: readonly NeedStatus[]): number | null {
  return needs.length === 0 ? null : Math.min(...needs.map(({ since }) => since))
}

export type NeedWord = 'open' | 'claimed' | 'in_progress' | 'fulfilled' | 'transferred' | 'ended'

export function needWord({ status }: NeedStatus): NeedWord {
  switch (status) {
    case 'open':
    case 'claimed':
    case 'in_progress':
    case 'fulfilled':
    case 'transferred':
      return status
    default:
      return 'ended'
  }
}
