import { type Row, type RowObject, rowOf } from '../../hub/contract/live/rows.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { NATION } from '../../hub/contract/vocabulary/areas.ts'
import { bangkokDay } from '../src/i18n/format.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** What an account sees beside the numbers: alerts, the shift, objectives and messages, as long as any are. `facility`: one that has an alert. */
export function commandedRows(province: string, facility: number, now: number): ReadonlyMap<Scope, readonly Row[]> {
  const alert = (id: number, more: Partial<RowObject<'alert'>>): Row =>
    rowOf('alert', {
      ...{ id: String(id), rule: id, area: `${province}01`, facility: null, facilityTh: null, facilityEn: null },
      ...{ nameTh: 'เตียงไอซียูใกล้เต็มภายในเจ็ดวัน', nameEn: 'Intensive care beds full within seven days' },
      ...{ indicator: 'beds.full', option: '3', condition: 'days_until', bound: 7, value: 3, severity: 'severe' },
      ...{ state: 'raised', owner: 'bed_coordinator', escalateTo: null, sound: false, announced: true },
      ...{ announcedNation: true, raisedAt: now - id * HOUR_MS, dueAt: null, holder: null, holderKey: null },
      ...{ heldAt: null, shelvedUntil: null, escalatedAt: null, clearedAt: null },
      ...more,
    } as RowObject<'alert'>)
  const named = { facility, facilityTh: 'โรงพยาบาลนครพิงค์', facilityEn: 'Nakornping Hospital' }
  const alerts = [
    alert(1, named),
    alert(2, { holder: 'Provincial health office, Duty 14', state: 'acknowledged' }),
    ...Array.from({ length: 8 }, (_, i) => alert(3 + i, { severity: 'minor' })),
  ]
  const objective = (id: number, area: string): Row =>
    rowOf('objective', {
      ...{ id: String(id), area, kind: 'objective', objective: null, role: 'triage', owner: null, state: 'open' },
      ...{ title: 'Every red patient is contacted within four hours and has a bed by the evening' },
      // Today, whatever the hour: one of tomorrow is told with its day, which takes another line.
      dueAt: Date.parse(`${bangkokDay(now)}T23:30:00+07:00`) + id * MINUTE_MS,
    })
  const command = (area: string): readonly Row[] => [
    rowOf('period', {
      ...{ id: `1${area === NATION ? 0 : area}`, area, title: 'Day shift', status: 'running', by: 'Command 1' },
      ...{ startsAt: now - HOUR_MS, endsAt: now + 7 * HOUR_MS },
    }),
    ...[1, 2, 3].map((id) => objective(id + (area === NATION ? 0 : 10), area)),
    rowOf('message', {
      ...{ id: area === NATION ? '1' : '2', area, audience: 'everyone', urgent: area === NATION, by: 'Command 1' },
      ...{
        text: 'Field hospitals take nobody of level 2.2 before the oxygen has come',
        sentAt: now,
        until: now + HOUR_MS,
      },
    }),
  ]
  return new Map<Scope, readonly Row[]>([
    ['alerts', alerts],
    [`alerts:${province}`, alerts],
    ['command:TH', command(NATION)],
    [`command:${province}`, command(province)],
  ])
}
