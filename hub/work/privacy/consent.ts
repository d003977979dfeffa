import { insertConsent } from '../../../db/queries/consents.ts'
import { CONSENT_VERSION, type ConsentGiver, consentOf } from '../../contract/privacy/consent.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { Language } from '../../contract/vocabulary/languages.ts'
import type { CommandContext } from '../command/run.ts'

export type GivenConsent = {
  readonly version: string
  readonly language: Language
  readonly givenBy: ConsentGiver
}

/** @throws ApiError 422 for a version that nobody was ever shown: nobody can have agreed to it */
export function checkConsent({ version }: Pick<GivenConsent, 'version'>): void {
  if (consentOf(version) === undefined) {
    throw new ApiError('consent_unknown', { key: 'consent_unknown', version, newest: CONSENT_VERSION })
  }
}

type Of = { readonly caseId: number } | { readonly vulnerableId: number }

/** Keeps who agreed to what, and who was told. @param at when it was given */
export async function keepConsent(
  { trx, by }: Pick<CommandContext, 'trx' | 'by'>,
  of: Of,
  given: GivenConsent | undefined,
  at: Date,
): Promise<void> {
  if (given === undefined) return
  checkConsent(given)
  await insertConsent(trx, {
    case_id: 'caseId' in of ? of.caseId : null,
    vulnerable_id: 'vulnerableId' in of ? of.vulnerableId : null,
    version: given.version,
    language: given.language,
    given_by: given.givenBy,
    taken_by: by.account,
    at,
  })
}
