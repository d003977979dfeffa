import type { Answer, AskingBody } from '../../api/http.ts'

/** What a form says; the answers to the hub's questions come with it when it is sent again. */
type Report<B> = Omit<B, 'acceptImplausible' | 'acceptSame'>
export type BedReport = Report<AskingBody<'POST /api/facilities/{id}/beds'>>
export type LevelCount = NonNullable<BedReport['levels']>[number]
export type DoseReport = Report<AskingBody<'POST /api/facilities/{id}/vaccinations'>>
export type DoseRow = DoseReport['rows'][number]
export type TestReport = Report<AskingBody<'POST /api/tests'>>
export type Reported = Answer<'POST /api/tests'>
