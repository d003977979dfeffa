import { NEED_KINDS, type NeedKind } from '../../../../hub/contract/vocabulary/needs.ts'
import type { HelpStatus, MoreBody } from '../../api/help.ts'
import { EMPTY_DRAFT, type HelpDraft, readSpo2 } from './model.ts'

/** What a person adds to a request that is under way. */
export type MoreDraft = Pick<HelpDraft, 'symptoms' | 'risks' | 'spo2' | 'needs' | 'note'>

export const NO_MORE: MoreDraft = EMPTY_DRAFT

const ENDED = ['fulfilled', 'transferred', 'closed']

/** The kinds that nobody is asked for at this moment. */
export function needsLeft({ needs }: Pick<HelpStatus, 'needs'>): readonly NeedKind[] {
  const live = needs.filter(({ status }) => !ENDED.includes(status)).map(({ kind }) => kind)
  return NEED_KINDS.filter((kind) => !live.includes(kind))
}

/** @returns `undefined` while there is nothing to send */
export function moreBody(draft: MoreDraft): MoreBody | undefined {
  const note = draft.note.trim()
  const spo2 = readSpo2(draft.spo2)
  const body: MoreBody = {
    ...(draft.needs.length > 0 && { needs: draft.needs }),
    ...(draft.symptoms.length > 0 && { symptoms: draft.symptoms }),
    ...(draft.risks.length > 0 && { risks: draft.risks }),
    ...(spo2 !== undefined && { spo2 }),
    ...(note !== '' && { note }),
  }
  return Object.keys(body).length > 0 ? body : undefined
}
