import { refuseCount, takeCount } from '../../work/beds/reconciliation.ts'
import { showFacilityWall } from '../../work/facilities/facility-wall.ts'
import { importBeds } from '../../work/reports/bed-file.ts'
import { readBeds, reportBeds, reportVaccinations } from '../../work/reports/reports.ts'
import { readStock, reportStock } from '../../work/reports/stock.ts'
import { undoOwnReport } from '../../work/reports/undo-report.ts'
import { callOf, callRoutes } from '../calls.ts'
import { commandOf, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const command = commandOf('facilities')

const COMMANDS = [
  command(
    'POST /api/facilities/{id}/counts/take',
    'bed.reconcile',
    'A count that has fewer occupied beds than people known to lie there is right: it stands',
    takeCount,
  ),
  command('POST /api/facilities/{id}/counts/refuse', 'bed.reconcile', 'It is wrong: what stood stays', refuseCount),
  command(
    'POST /api/facilities/{id}/beds',
    'facility.report',
    'Report beds by level, ventilators and rooms; 409 when a newer count stands',
    reportBeds,
  ),
  command(
    'POST /api/beds/import',
    'facility.report',
    'Beds of many levels and facilities from a CSV or XLSX file: a preview; with `apply`, reported, all of it or nothing',
    (context, _, body) => importBeds(context, body),
  ),
  command(
    'POST /api/facilities/{id}/stock',
    'stock.report',
    'Report vaccine, oxygen and kits, and what is used of them in a day; 409 when a newer count stands',
    reportStock,
  ),
  command(
    'POST /api/facilities/{id}/undo',
    'stock.report',
    'Take back one’s own report of beds or stock within half a minute; what stood before stands again',
    undoOwnReport,
  ),
  command(
    'POST /api/facilities/{id}/vaccinations',
    'vaccination.report',
    'Report doses of a day, late ones and corrections',
    reportVaccinations,
  ),
]

const beds = callOf('facilities')(
  'GET /api/facilities/{id}/beds',
  {
    action: 'facility.report',
    summary: 'Beds of a facility by level, as last counted',
    says: 'The beds',
    faults: { 404: 'No such facility in your area' },
  },
  readBeds,
)

const stock = callOf('facilities')(
  'GET /api/facilities/{id}/stock',
  {
    action: 'stock.report',
    summary: 'Stock of a facility by item, as last counted, with the days that it lasts',
    says: 'The stock',
    faults: { 404: 'No such facility in your area' },
  },
  readStock,
)

const wall = callOf('facilities')(
  'GET /api/facilities/{id}/wall',
  {
    action: 'province.read',
    summary:
      'What the wall of a facility shows beside its live rows: who is sent to it as counts, its beds of past days, its doses',
    says: 'Counts',
    faults: { 404: 'No such facility' },
  },
  showFacilityWall,
)

export const facilityRoutes = (deps: AppDeps) => commandRoutes(deps, COMMANDS, callRoutes(deps, [beds, stock, wall]))
