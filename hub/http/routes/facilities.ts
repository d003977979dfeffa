import { bedsAnswer, bedsBody, facilityParams, reportAnswer, vaccinationsBody } from '../../contract/api/reports.ts'
import { readBeds, reportBeds, reportVaccinations } from '../../work/reports/reports.ts'
import { call, callRoutes } from '../calls.ts'
import { command, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const CALLS = [
  call({
    path: '/api/facilities/{id}/beds',
    action: 'facility.report',
    tag: 'facilities',
    summary: 'Beds of a facility by level, as last counted',
    params: facilityParams,
    says: 'The beds',
    answer: bedsAnswer,
    faults: { 404: 'No such facility in your area' },
    work: readBeds,
  }),
]

const COMMANDS = [
  command({
    path: '/api/facilities/{id}/beds',
    action: 'facility.report',
    tag: 'facilities',
    summary: 'Report beds by level; 409 when a newer count stands',
    body: bedsBody,
    answer: bedsAnswer,
    params: facilityParams,
    work: reportBeds,
  }),
  command({
    path: '/api/facilities/{id}/vaccinations',
    action: 'vaccination.report',
    tag: 'facilities',
    summary: 'Report doses of a day, late ones and corrections',
    body: vaccinationsBody,
    answer: reportAnswer,
    params: facilityParams,
    work: reportVaccinations,
  }),
]

export const facilityRoutes = (deps: AppDeps) => commandRoutes(deps, COMMANDS, callRoutes(deps, CALLS))
