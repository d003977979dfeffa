import type { Action } from '../contract/vocabulary/actions.ts'
import { SUBJECTS, type Subject } from '../contract/vocabulary/roles.ts'

/**
 * How far a permission reaches. `deny` nowhere · `holder` what the account itself holds, inside its areas · `last holder`
 * that too, and what it was the last to hold, until the case is closed ·
 * `facility` its own facility · `area` inside its areas · `province` the provinces its areas lie in (a board is one
 * scope per province, and shows nobody's personal data) · `everywhere`.
 */
export type Reach = 'deny' | 'holder' | 'last holder' | 'facility' | 'area' | 'province' | 'everywhere'

type Row = Readonly<Partial<Record<Subject, Reach>>>

const reach = (to: Reach, ...subjects: Subject[]): Row => Object.fromEntries(subjects.map((subject) => [subject, to]))

const EVERYONE = SUBJECTS
const SIGNED_IN = EVERYONE.filter((subject) => subject !== 'public')
/** Whom an administrator has given a role. */
const ACCOUNTS = SIGNED_IN.filter((subject) => subject !== 'unbound')
/** They claim, and act on what they hold. */
const WORKERS: readonly Subject[] = ['volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator']
/** Workers who call and visit. */
const CARERS = WORKERS.filter((subject) => subject !== 'bed_coordinator')
/** They stand above the holder in their area, and act in the holder's place. */
const SUPERVISORS: readonly Subject[] = ['district_chief', 'provincial_health', 'governor']
const heldOrSupervised: Row = { ...reach('holder', ...WORKERS), ...reach('area', ...SUPERVISORS) }
/** When the last need is done, somebody has to say how it ended: whoever knows, without a supervisor. */
const heldLast: Row = { ...heldOrSupervised, ...reach('last holder', ...WORKERS) }
const board: Row = { ...reach('province', ...WORKERS, ...SUPERVISORS, 'screen'), national: 'everywhere' }

/**
 * The one authorisation table. What is not said is denied. API, subscriptions and row-level security are tested
 * against it, cell by cell (tests/security). Aggregates are everyone's, but for small counts of districts.
 */
const GIVEN: Readonly<Record<Action, Row>> = {
  'situation.read': reach('everywhere', ...EVERYONE),
  // Without an account one sees districts rounded (hub/contract/live/public-values.ts).
  'province.read': reach('everywhere', ...ACCOUNTS),
  // No personal data; on boards and walls of the province they ring.
  'alerts.read': { ...board, ...reach('everywhere', 'administrator', 'auditor') },
  'board.read': { ...board, auditor: 'everywhere' },
  'presence.read': { ...reach('province', ...WORKERS, ...SUPERVISORS), national: 'everywhere' },
  // Who may not open the case is not looking at it.
  'presence.share': { ...reach('area', ...WORKERS, ...SUPERVISORS), national: 'everywhere' },
  'case.read': { ...reach('area', ...WORKERS, ...SUPERVISORS), ...reach('everywhere', 'national', 'auditor') },
  // Whoever looks after somebody at home counts as their last holder here (withKeeper, hub/work/cases/case-access.ts).
  // Whoever brought them home still has to call: until the outcome is recorded (hub/work/cases/case-access.ts).
  'case.reveal': heldLast,
  // What the person feels, without their name: nobody triages blindly, or says who gets a bed.
  'case.complaint': { ...heldLast, ...reach('area', 'hotline', 'triage', 'bed_coordinator') },
  // By tracking code or phone: for those who are called about a case. Row-level security keeps it in the area.
  'case.search': reach('area', 'hotline', 'triage', ...SUPERVISORS),
  'report.read': {
    ...reach('area', ...WORKERS, ...SUPERVISORS, 'facility_staff', 'vaccination_staff'),
    ...reach('everywhere', 'national', 'administrator', 'auditor'),
  },
  'audit.read': { auditor: 'everywhere' },

  'help.request': reach('everywhere', ...EVERYONE),
  'help.follow': reach('everywhere', ...EVERYONE),

  'case.record': reach('area', ...WORKERS, 'facility_staff', 'district_chief', 'provincial_health'),
  'vulnerable.record': reach('area', 'volunteer', 'hotline', 'district_chief', 'provincial_health'),
  // Name, phone and place of the register: who records in an area also calls and visits there. Each time audited.
  'vulnerable.reveal': reach('area', 'volunteer', 'hotline', 'district_chief', 'provincial_health'),
  'test.report': reach('area', 'volunteer', 'triage', 'facility_staff', 'provincial_health'),
  'vaccination.report': { vaccination_staff: 'facility', ...reach('area', 'volunteer', 'provincial_health') },
  'vaccination.plan': { provincial_health: 'area', national: 'everywhere' },
  'facility.report': { facility_staff: 'facility', ...reach('area', 'bed_coordinator', 'provincial_health') },
  // A count that has fewer occupied than are known to lie there: not the house itself says which is right.
  'bed.reconcile': reach('area', 'bed_coordinator', 'provincial_health'),

  'stock.report': {
    ...reach('facility', 'facility_staff', 'vaccination_staff'),
    ...reach('area', 'bed_coordinator', 'provincial_health'),
  },

  // A facility's record with the phones of its desks, and its history: whoever may have to call there.
  'facility.read': {
    ...reach('facility', 'facility_staff', 'vaccination_staff'),
    ...reach('area', ...WORKERS, ...SUPERVISORS),
    ...reach('everywhere', 'national', 'administrator', 'auditor'),
  },
  // Opening hours and phones: those who work there know them best.
  'facility.desk': {
    ...reach('facility', 'facility_staff', 'vaccination_staff'),
    provincial_health: 'area',
    ...reach('everywhere', 'national', 'administrator'),
  },
  'facility.register': { provincial_health: 'area', ...reach('everywhere', 'national', 'administrator') },

  'resource.request': {
    ...reach('facility', 'facility_staff', 'vaccination_staff'),
    ...reach('area', ...WORKERS, ...SUPERVISORS),
  },
  'resource.read': {
    ...reach('facility', 'facility_staff', 'vaccination_staff'),
    ...reach('area', ...WORKERS, ...SUPERVISORS),
    ...reach('everywhere', 'national', 'auditor'),
  },
  'resource.claim': reach('area', ...WORKERS, ...SUPERVISORS),
  // Given back or delivered by the holder, closed by whoever asked for it; a supervisor of the area may do both.
  'resource.move': heldOrSupervised,
  'resource.close': { ...heldOrSupervised, ...reach('facility', 'facility_staff', 'vaccination_staff') },

  // Calls that nobody has answered: the exchange tells of them by a key, and the number is told to whoever takes one.
  'call.record': reach('area', 'hotline', ...SUPERVISORS),
  'call.work': reach('area', 'hotline', ...SUPERVISORS),
  'call.oversee': reach('area', ...SUPERVISORS),

  'case.triage': reach('area', 'hotline', 'triage', ...SUPERVISORS),
  'case.claim': reach('area', ...WORKERS),
  'case.release': heldOrSupervised,
  'case.handover': heldOrSupervised,
  'case.contact': heldLast,
  // A correction that its person has asked for; without opening the case, whoever answers for the protection of data.
  'case.correct': { ...heldLast, administrator: 'everywhere' },
  // Daily checks, the plan and kits of people in care at home: whoever is near, without a name.
  'case.care': reach('area', ...CARERS, 'district_chief', 'provincial_health'),
  'case.place': { ...heldOrSupervised, bed_coordinator: 'area' },
  'case.close': heldLast,
  'case.reopen': { ...heldOrSupervised, ...reach('area', 'hotline', 'triage') },
  'case.merge': reach('area', 'hotline', 'triage', ...SUPERVISORS),
  'transfer.read': {
    facility_staff: 'facility',
    ...reach('area', ...WORKERS, ...SUPERVISORS),
    ...reach('everywhere', 'national', 'auditor'),
  },
  // A patient of another province: whoever coordinates the beds there agrees, or refuses.
  'transfer.agree': reach('area', 'bed_coordinator', 'provincial_health'),

  // Of these, the owner of the alert and who stands above (mayAnswer, hub/contract/vocabulary/alerts.ts).
  'alert.ack': {
    ...reach('area', 'bed_coordinator', ...SUPERVISORS),
    ...reach('everywhere', 'national', 'administrator'),
  },
  // The nation's rules, and for a province's health office those of its own.
  'alert.rule': { provincial_health: 'area', ...reach('everywhere', 'national', 'administrator') },
  // What command wants and says is for all who work there; what the nation says, for every account (decide.ts).
  'command.read': reach('province', ...ACCOUNTS),
  'command.set': { ...reach('area', ...SUPERVISORS), national: 'everywhere' },
  'briefing.read': { ...reach('area', ...SUPERVISORS), national: 'everywhere' },
  'import.run': { administrator: 'everywhere', provincial_health: 'area' },
  'operation.set': { administrator: 'everywhere' },
  'threshold.set': reach('everywhere', 'national', 'administrator'),
  // What people at home are owed.
  'care.plan': { provincial_health: 'area', ...reach('everywhere', 'national', 'administrator') },
  'accounts.manage': { administrator: 'everywhere' },
  'screens.manage': { administrator: 'everywhere', governor: 'area' },
  // Nobody gives a key more than they may do themselves (hub/http/auth/api-keys.ts).
  'keys.manage': { administrator: 'everywhere', provincial_health: 'area' },
  'session.own': reach('holder', ...SIGNED_IN),
  // A screen has nobody who could show one.
  'factors.own': reach('holder', ...SIGNED_IN.filter((subject) => subject !== 'screen')),
  // A screen has no pocket.
  'notifications.own': reach('holder', ...ACCOUNTS.filter((subject) => subject !== 'screen')),
  'webhooks.manage': { administrator: 'everywhere' },
}

/** @returns how far `subject` may do `action`. */
export function reachOf(subject: Subject, action: Action): Reach {
  return GIVEN[action][subject] ?? 'deny'
}
