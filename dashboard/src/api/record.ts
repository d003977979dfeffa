import { type Answer, type AskingBody, ask, type WrongField } from './http.ts'

export type RecordBody = AskingBody<'POST /api/record'>
/** A record that a form of its own makes; the daily check has another page. */
export type FormBody = Exclude<RecordBody, { kind: 'check' }>
export type CheckBody = Extract<RecordBody, { kind: 'check' }>
/** Who it is about; anything may be unknown. */
export type PersonBody = Pick<
  Exclude<FormBody, { kind: 'dose' }>,
  'name' | 'phone' | 'secondPhone' | 'id' | 'birthYear' | 'birthMonth'
>
export type PlaceBody = FormBody['place']
export type Point = NonNullable<PlaceBody['point']>
export type Recorded = Answer<'POST /api/record'>
/** A case that may be the same; never a name, never a phone number. */
export type LikelyDuplicate = Recorded['likely'][number]
export type FieldError = WrongField & { readonly key?: string }
export type BatchResult = Answer<'POST /api/record/batch'>['results'][number]
export type KeyedRecord = { readonly key: string; readonly record: RecordBody }

/**
 * @param account whose records these are: the hub refuses them when somebody else has signed in meanwhile
 * @throws ApiError when the request as a whole failed; each record has a result of its own otherwise.
 */
export async function sendRecords(
  account: string,
  records: readonly KeyedRecord[],
  signal: AbortSignal,
): Promise<readonly BatchResult[]> {
  return (await ask('POST /api/record/batch', { body: { account, records }, signal })).results
}

export async function findDuplicates(
  question: AskingBody<'POST /api/record/duplicates'>,
  signal: AbortSignal,
): Promise<readonly LikelyDuplicate[]> {
  return (await ask('POST /api/record/duplicates', { body: question, signal })).likely
}
