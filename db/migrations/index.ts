import type { Migration } from 'kysely/migration'
import * as core from './0001_core.ts'
import * as accounts from './0002_accounts.ts'
import * as caseWork from './0003_case_work.ts'
import * as roleRules from './0004_role_rules.ts'
import * as presence from './0005_presence.ts'
import * as linkedPeople from './0006_linked_people.ts'
import * as accountKeys from './0007_account_keys.ts'
import * as screensSeen from './0008_screens_seen.ts'
import * as helpWords from './0009_help_words.ts'
import * as endedCases from './0010_ended_cases.ts'
import * as recorded from './0011_recorded.ts'
import * as plainValues from './0012_plain_values.ts'
import * as dayReports from './0013_day_reports.ts'
import * as waiting from './0014_waiting.ts'
import * as transfers from './0015_transfers.ts'
import * as security from './0016_security.ts'
import * as complaints from './0017_complaints.ts'
import * as unclaimed from './0018_unclaimed.ts'
import * as people from './0019_people.ts'
import * as registry from './0020_registry.ts'
import * as measured from './0021_measured.ts'
import * as thresholds from './0022_thresholds.ts'
import * as apiKeys from './0023_api_keys.ts'
import * as stock from './0024_stock.ts'
import * as holds from './0025_holds.ts'
import * as careAtHome from './0026_care_at_home.ts'
import * as vaccination from './0027_vaccination.ts'
import * as resources from './0028_resources.ts'
import * as reconciliations from './0029_reconciliations.ts'
import * as rounds from './0030_rounds.ts'
import * as across from './0031_across.ts'
import * as careRest from './0032_care_rest.ts'
import * as alerts from './0033_alerts.ts'
import * as notifications from './0034_notifications.ts'
import * as period from './0035_period.ts'
import * as holdMinutes from './0037_hold_minutes.ts'
import * as deliveries from './0038_deliveries.ts'
import * as dayMarks from './0039_day_marks.ts'
import * as calls from './0040_calls.ts'
import * as vaccineStock from './0042_vaccine_stock.ts'
import * as alertKeys from './0045_alert_keys.ts'
import * as alertUndo from './0046_alert_undo.ts'
import * as ownRules from './0047_own_rules.ts'
import * as told from './0048_told.ts'
import * as screenScenes from './0050_screen_scenes.ts'
import * as screenOrders from './0051_screen_orders.ts'
import * as auditChain from './0054_audit_chain.ts'
import * as revealBudgets from './0055_reveal_budgets.ts'
import * as whoOpened from './0056_who_opened.ts'
import * as surgeRule from './0057_surge_rule.ts'
import * as publicAlerts from './0058_public_alerts.ts'
import * as facilityWalls from './0059_facility_walls.ts'
import * as secondFactors from './0062_second_factors.ts'
import * as sealed from './0063_sealed.ts'
import * as consents from './0067_consents.ts'
import * as dataRequests from './0068_data_requests.ts'
import * as retention from './0069_retention.ts'
import * as consentReaders from './0070_consent_readers.ts'
import * as digitTries from './0071_digit_tries.ts'
import * as jobsRole from './0072_jobs_role.ts'
import * as unverified from './0073_unverified.ts'
import * as contactAges from './0075_contact_ages.ts'
import * as auditKept from './0078_audit_kept.ts'
import * as unverifiedRule from './0079_unverified_rule.ts'
import * as needsAtOnce from './0090_needs_at_once.ts'
import * as screenKeys from './0091_screen_keys.ts'
import * as corrections from './0092_corrections.ts'
import * as retentionAnnounced from './0093_retention_announced.ts'
import * as sessionRenewed from './0095_session_renewed.ts'
import * as censusOfRemovedBeds from './0098_census_of_removed_beds.ts'
import * as dataRequestsByCase from './0099_data_requests_by_case.ts'

/** Every migration, by name; they run in the order of their names. One that has landed is never changed, only followed. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001_core': core,
  '0002_accounts': accounts,
  '0003_case_work': caseWork,
  '0004_role_rules': roleRules,
  '0005_presence': presence,
  '0006_linked_people': linkedPeople,
  '0007_account_keys': accountKeys,
  '0008_screens_seen': screensSeen,
  '0009_help_words': helpWords,
  '0010_ended_cases': endedCases,
  '0011_recorded': recorded,
  '0012_plain_values': plainValues,
  '0013_day_reports': dayReports,
  '0014_waiting': waiting,
  '0015_transfers': transfers,
  '0016_security': security,
  '0017_complaints': complaints,
  '0018_unclaimed': unclaimed,
  '0019_people': people,
  '0020_registry': registry,
  '0021_measured': measured,
  '0022_thresholds': thresholds,
  '0023_api_keys': apiKeys,
  '0024_stock': stock,
  '0025_holds': holds,
  '0026_care_at_home': careAtHome,
  '0027_vaccination': vaccination,
  '0028_resources': resources,
  '0029_reconciliations': reconciliations,
  '0030_rounds': rounds,
  '0031_across': across,
  '0032_care_rest': careRest,
  '0033_alerts': alerts,
  '0034_notifications': notifications,
  '0035_period': period,
  '0037_hold_minutes': holdMinutes,
  '0038_deliveries': deliveries,
  '0039_day_marks': dayMarks,
  '0040_calls': calls,
  '0042_vaccine_stock': vaccineStock,
  '0045_alert_keys': alertKeys,
  '0046_alert_undo': alertUndo,
  '0047_own_rules': ownRules,
  '0048_told': told,
  '0050_screen_scenes': screenScenes,
  '0051_screen_orders': screenOrders,
  '0054_audit_chain': auditChain,
  '0055_reveal_budgets': revealBudgets,
  '0056_who_opened': whoOpened,
  '0057_surge_rule': surgeRule,
  '0058_public_alerts': publicAlerts,
  '0059_facility_walls': facilityWalls,
  '0062_second_factors': secondFactors,
  '0063_sealed': sealed,
  '0067_consents': consents,
  '0068_data_requests': dataRequests,
  '0069_retention': retention,
  '0070_consent_readers': consentReaders,
  '0071_digit_tries': digitTries,
  '0072_jobs_role': jobsRole,
  '0073_unverified': unverified,
  '0075_contact_ages': contactAges,
  '0078_audit_kept': auditKept,
  '0079_unverified_rule': unverifiedRule,
  '0090_needs_at_once': needsAtOnce,
  '0091_screen_keys': screenKeys,
  '0092_corrections': corrections,
  '0093_retention_announced': retentionAnnounced,
  '0095_session_renewed': sessionRenewed,
  '0098_census_of_removed_beds': censusOfRemovedBeds,
  '0099_data_requests_by_case': dataRequestsByCase,
}
