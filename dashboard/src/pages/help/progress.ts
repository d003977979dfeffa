import type { HelpStatus, NeedStatus } from '../../api/help.ts'

export const PROGRESS_STEPS = ['received', 'taken', 'contacted', 'helped'] as const
export type ProgressStep = (typeof PROGRESS_STEPS)[number]
/** `at`: ms since 1970, when it is known */
export type Progress = { readonly step: ProgressStep; readonly done: boolean; readonly at: number | null }

const IN_CARE = ['hi', 'ci', 'field', 'hospitel', 'hospital', 'discharged']

/** The five axes of a case as the four things a person wants to know. */
export function progressOf(status: HelpStatus): readonly Progress[] {
  const held = status.needs.filter(({ holder }) => holder !== null)
  const fulfilled = status.needs.filter((need) => need.status === 'fulfilled')
  const helped = fulfilled.length > 0 || IN_CARE.includes(status.carePlace)
  const contacted = status.contactedAt !== null
  const taken = held.length > 0 || contacted || helped
  return [
    { step: 'received', done: true, at: status.askedAt },
    { step: 'taken', done: taken, at: earliest(held) },
    { step: 'contacted', done: contacted, at: status.contactedAt },
    { step: 'helped', done: helped, at: earliest(fulfilled) },
  ]
}

function earliest(needs: readonly NeedStatus[]): number | null {
  return needs.length === 0 ? null : Math.min(...needs.map(({ since }) => since))
}

export type NeedWord = 'open' | 'claimed' | 'in_progress' | 'fulfilled' | 'ended'

export function needWord({ status }: NeedStatus): NeedWord {
  switch (status) {
    case 'open':
    case 'claimed':
    case 'in_progress':
    case 'fulfilled':
      return status
    default:
      return 'ended'
  }
}
