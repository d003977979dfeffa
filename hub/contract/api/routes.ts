import type { z } from 'zod'
import { feedAdvice, feedIndex } from '../live/feed-messages.ts'
import {
  acceptInvitationAnswer,
  acceptInvitationBody,
  accountAnswer,
  accountsAnswer,
  bindBody,
  disabledBody,
  invitationsAnswer,
  inviteAnswer,
  inviteBody,
  newAccountAnswer,
  newAccountBody,
  passwordAnswer,
  resetFactorsAnswer,
  signedOutAnswer,
} from './accounts.ts'
import {
  acknowledgeBody,
  alertAnswer,
  alertEventsAnswer,
  alertOwnersAnswer,
  alertRuleAnswer,
  alertRuleBody,
  alertRulesAnswer,
  alertsAnswer,
  answersAnswer,
  backtestAnswer,
  editAlertRuleBody,
  shelveBody,
} from './alerts.ts'
import { areasAnswer, provinceShapes } from './areas.ts'
import { auditAnswer } from './audit.ts'
import { callAnswer, callBody, callsAnswer, endCallBody, takenCallAnswer } from './calls.ts'
import {
  careAnswer,
  careDefaultsAnswer,
  careDefaultsBody,
  careStepBody,
  keeperBody,
  ownCheckBody,
  planAnswer,
} from './care.ts'
import {
  addNeedsBody,
  approveBody,
  caseAnswer,
  casesAnswer,
  closeBody,
  closeNeedBody,
  commandAnswer,
  complaintAnswer,
  contactBody,
  emptyBody,
  escalateBody,
  eventsAnswer,
  fenceBody,
  freeBedsAnswer,
  mergeBody,
  needAnswer,
  needsAnswer,
  offerBody,
  outcomeBody,
  placeBody,
  placementsAnswer,
  redirectBody,
  rejectBody,
  reopenBody,
  requestTransferBody,
  revealAnswer,
  transferAnswer,
  transfersAnswer,
  triageBody,
  undoAnswer,
  undoBody,
} from './cases.ts'
import { colleaguesAnswer } from './colleagues.ts'
import { publicConfig } from './config.ts'
import { closeCorrectionBody, correctionAnswer, correctionsAnswer } from './corrections.ts'
import {
  closeFacilityBody,
  createFacilityBody,
  deskBody,
  editFacilityBody,
  facilityAnswer,
  facilityHistoryAnswer,
  facilityImportAnswer,
  facilityImportBody,
  mergeFacilityBody,
  reopenFacilityBody,
} from './facilities.ts'
import { facilityWallAnswer } from './facility-wall.ts'
import {
  addedFactorAnswer,
  confirmTotpBody,
  endedSessionsAnswer,
  factorsAnswer,
  newPasskeyBody,
  newTotpAnswer,
  newTotpBody,
  passkeyOptionsAnswer,
  passkeyProofBody,
  proofBody,
  recoveryCodesAnswer,
  sessionsAnswer,
} from './factors.ts'
import { aliveAnswer, readiness } from './health.ts'
import { cancelBody, consentAnswer, helpAnswer, helpBody, helpStatus, moreBody, verifyBody } from './help.ts'
import { historyAnswer } from './history.ts'
import { holdMinutesAnswer, holdMinutesBody } from './hold-minutes.ts'
import { keyBody, keysAnswer, newKeyAnswer } from './keys.ts'
import { lateAnswer } from './late.ts'
import { facilitiesAnswer, reportsAnswer } from './lists.ts'
import {
  correctBody,
  dataCopy,
  myDataBody,
  myDataState,
  phoneProofAnswer,
  phoneProofBody,
  provenBody,
} from './my-data.ts'
import { myWorkAnswer } from './my-work.ts'
import {
  confirmEmailBody,
  deviceBody,
  emailBody,
  notificationsAnswer,
  notificationsBody,
  webhookBody,
  webhooksAnswer,
} from './notifications.ts'
import { operationAnswer, operationBody } from './operation.ts'
import {
  acceptPeriodBody,
  commandAreaAnswer,
  decisionAnswer,
  decisionBody,
  handOverBody,
  messageAnswer,
  messageBody,
  objectiveAnswer,
  objectiveBody,
  objectiveStateBody,
  periodAnswer,
  startPeriodBody,
} from './period.ts'
import { planBody, plansAnswer } from './plans.ts'
import { presenceAnswer } from './presence.ts'
import { announcedAnswer, privacyAnswer, retentionAnswer, retentionBody } from './privacy.ts'
import { receiptAnswer } from './receipts.ts'
import {
  batchAnswer,
  batchBody,
  duplicatesAnswer,
  duplicatesBody,
  recordAnswer,
  recordBody,
  vulnerableAnswer,
  vulnerableCallAnswer,
  vulnerableCallBody,
  vulnerableRevealAnswer,
} from './record.ts'
import {
  bedImportAnswer,
  bedImportBody,
  bedsAnswer,
  bedsBody,
  countDecidedAnswer,
  refuseCountBody,
  reportAnswer,
  stockAnswer,
  stockBody,
  takeCountBody,
  testsBody,
  undoReportAnswer,
  undoReportBody,
  vaccinationsBody,
} from './reports.ts'
import {
  closeResourceBody,
  deliverResourceBody,
  resourceAnswer,
  resourceBody,
  resourceEventsAnswer,
  resourcesAnswer,
} from './resources.ts'
import { revealBudgetBody, revealBudgetsAnswer } from './reveal-budgets.ts'
import { roundAnswer, roundBody, roundsAnswer } from './rounds.ts'
import { scenesAnswer, scenesBody } from './scenes.ts'
import {
  approveScreenAnswer,
  approveScreenBody,
  deviceCode,
  deviceCodeBody,
  deviceToken,
  deviceTokenBody,
  moveScreenBody,
  orderBody,
  orderedAnswer,
  returnAnswer,
  returnBody,
  screensAnswer,
} from './screens.ts'
import { searchAnswer, searchBody } from './search.ts'
import { agencySignInAnswer, agencySignInBody, changePasswordBody, session, signInBody } from './session.ts'
import { setupAnswer } from './setup.ts'
import { signInRuleBody, signInRulesAnswer, signInSettingsBody } from './sign-in-rules.ts'
import { sitesAnswer } from './sites.ts'
import { feedDelta, snapshot } from './situation.ts'
import { thresholdAnswer, thresholdBody, thresholdsAnswer } from './thresholds.ts'
import { shiftStartAnswer, yesterdayAnswer } from './yesterday.ts'

/** Raise it with every change of a body or an answer; routes.test.ts says when. */
export const API_VERSION = 2

/** What goes into a route and what comes out of it when all is well; errors are hub/contract/api/error.ts. */
export type RouteShape = {
  readonly body?: z.ZodType
  /** `null`: 204, nothing */
  readonly answer: z.ZodType | null
}

/** Every route of the API that answers with JSON, by method and path: the hub answers by these, the dashboard asks by them. */
export const ROUTES = {
  'GET /healthz': { answer: aliveAnswer },
  'GET /readyz': { answer: readiness },
  'GET /api/config': { answer: publicConfig },
  'GET /api/situation': { answer: snapshot },
  'GET /feed': { answer: feedAdvice },
  'GET /feed/{scope}': { answer: feedIndex },
  'GET /feed/{scope}/{epoch}/{part}': { answer: feedDelta },
  'GET /api/history': { answer: historyAnswer },
  'GET /api/areas': { answer: areasAnswer },
  'GET /api/sites': { answer: sitesAnswer },
  'GET /api/areas/provinces.topo.json': { answer: provinceShapes },

  'GET /api/session': { answer: session },
  'POST /api/auth/sign-in': { body: signInBody, answer: session },
  'POST /api/auth/sign-in/oidc': { body: agencySignInBody, answer: agencySignInAnswer },
  'POST /api/session/sign-out': { answer: null },
  'POST /api/session/sign-out-everywhere': { answer: null },
  'POST /api/session/password': { body: changePasswordBody, answer: null },
  'POST /api/session/here': { answer: null },
  'POST /api/session/proof': { body: proofBody, answer: session },
  'POST /api/session/proof/passkey/options': { answer: passkeyOptionsAnswer },
  'POST /api/session/proof/passkey': { body: passkeyProofBody, answer: session },
  'GET /api/sessions': { answer: sessionsAnswer },
  'DELETE /api/sessions/{id}': { answer: null },
  'POST /api/sessions/end-others': { answer: endedSessionsAnswer },
  'GET /api/factors': { answer: factorsAnswer },
  'POST /api/factors/totp': { body: newTotpBody, answer: newTotpAnswer },
  'POST /api/factors/totp/confirm': { body: confirmTotpBody, answer: addedFactorAnswer },
  'POST /api/factors/passkey/options': { answer: passkeyOptionsAnswer },
  'POST /api/factors/passkey': { body: newPasskeyBody, answer: addedFactorAnswer },
  'POST /api/factors/recovery-codes': { answer: recoveryCodesAnswer },
  'DELETE /api/factors/{id}': { answer: null },
  'GET /api/sign-in-rules': { answer: signInRulesAnswer },
  'PUT /api/sign-in-rules': { body: signInRuleBody, answer: signInRulesAnswer },
  'PUT /api/sign-in-rules/settings': { body: signInSettingsBody, answer: signInRulesAnswer },

  'GET /api/accounts': { answer: accountsAnswer },
  'POST /api/accounts': { body: newAccountBody, answer: newAccountAnswer },
  'GET /api/accounts/{id}': { answer: accountAnswer },
  'PUT /api/accounts/{id}/role': { body: bindBody, answer: null },
  'PUT /api/accounts/{id}/disabled': { body: disabledBody, answer: null },
  'POST /api/accounts/{id}/password': { answer: passwordAnswer },
  'POST /api/accounts/{id}/sign-out': { answer: signedOutAnswer },
  'POST /api/accounts/{id}/reset-factors': { answer: resetFactorsAnswer },
  'GET /api/keys': { answer: keysAnswer },
  'POST /api/keys': { body: keyBody, answer: newKeyAnswer },
  'DELETE /api/keys/{id}': { answer: null },
  'GET /api/invitations': { answer: invitationsAnswer },
  'POST /api/invitations': { body: inviteBody, answer: inviteAnswer },
  'DELETE /api/invitations/{id}': { answer: null },
  'POST /api/invitations/accept': { body: acceptInvitationBody, answer: acceptInvitationAnswer },
  'GET /api/screens': { answer: screensAnswer },
  'POST /api/screens/orders': { body: orderBody, answer: orderedAnswer },
  'GET /api/receipts': { answer: receiptAnswer },
  'POST /api/screens': { body: approveScreenBody, answer: approveScreenAnswer },
  'PUT /api/screens/{id}/area': { body: moveScreenBody, answer: null },
  'DELETE /api/screens/{id}': { answer: null },
  'GET /api/screens/{id}/scenes': { answer: scenesAnswer },
  'PUT /api/screens/{id}/scenes': { body: scenesBody, answer: scenesAnswer },
  'GET /api/scenes': { answer: scenesAnswer },
  'POST /api/auth/device/code': { body: deviceCodeBody, answer: deviceCode },
  'POST /api/auth/device/token': { body: deviceTokenBody, answer: deviceToken },
  'POST /api/auth/device/return': { body: returnBody, answer: returnAnswer },
  'GET /api/audit': { answer: auditAnswer },
  'GET /api/reveal-budgets': { answer: revealBudgetsAnswer },
  'PUT /api/reveal-budgets': { body: revealBudgetBody, answer: revealBudgetsAnswer },
  'GET /api/setup': { answer: setupAnswer },
  'PUT /api/operation': { body: operationBody, answer: operationAnswer },
  'GET /api/hold-minutes': { answer: holdMinutesAnswer },
  'PUT /api/hold-minutes': { body: holdMinutesBody, answer: holdMinutesAnswer },
  'GET /api/thresholds': { answer: thresholdsAnswer },
  'PUT /api/thresholds/{indicator}': { body: thresholdBody, answer: thresholdAnswer },

  'GET /api/notifications': { answer: notificationsAnswer },
  'PUT /api/notifications': { body: notificationsBody, answer: notificationsAnswer },
  'PUT /api/notifications/email': { body: emailBody, answer: notificationsAnswer },
  'POST /api/notifications/email/confirm': { body: confirmEmailBody, answer: notificationsAnswer },
  'POST /api/notifications/devices': { body: deviceBody, answer: notificationsAnswer },
  'DELETE /api/notifications/devices/{id}': { answer: notificationsAnswer },
  'POST /api/notifications/test': { body: emptyBody, answer: notificationsAnswer },
  'GET /api/webhooks': { answer: webhooksAnswer },
  'POST /api/webhooks': { body: webhookBody, answer: webhooksAnswer },
  'DELETE /api/webhooks/{id}': { answer: webhooksAnswer },

  'GET /api/help/consent': { answer: consentAnswer },
  'POST /api/help': { body: helpBody, answer: helpAnswer },
  'GET /api/help/status': { answer: helpStatus },
  'POST /api/help/verify': { body: verifyBody, answer: helpStatus },
  'POST /api/help/resend': { answer: helpStatus },
  'POST /api/help/cancel': { body: cancelBody, answer: helpStatus },
  'POST /api/help/more': { body: moreBody, answer: helpStatus },
  'POST /api/help/check': { body: ownCheckBody, answer: helpStatus },
  'GET /api/privacy': { answer: privacyAnswer },
  'GET /api/retention': { answer: retentionAnswer },
  'GET /api/retention/announced': { answer: announcedAnswer },
  'PUT /api/retention': { body: retentionBody, answer: retentionAnswer },
  'POST /api/my-data/state': { body: myDataBody, answer: myDataState },
  'POST /api/my-data/send': { body: myDataBody, answer: myDataState },
  'POST /api/my-data/proof': { body: phoneProofBody, answer: phoneProofAnswer },
  'POST /api/my-data/copy': { body: provenBody, answer: dataCopy },
  'POST /api/my-data/correct': { body: correctBody, answer: myDataState },
  'POST /api/my-data/withdraw': { body: provenBody, answer: myDataState },
  'POST /api/my-data/erase': { body: provenBody, answer: myDataState },
  'POST /api/my-data/keep': { body: provenBody, answer: myDataState },

  'POST /api/record': { body: recordBody, answer: recordAnswer },
  'POST /api/record/batch': { body: batchBody, answer: batchAnswer },
  'POST /api/record/duplicates': { body: duplicatesBody, answer: duplicatesAnswer },
  'GET /api/vulnerable': { answer: vulnerableAnswer },
  'POST /api/vulnerable/{id}/calls': { body: vulnerableCallBody, answer: vulnerableCallAnswer },
  'POST /api/vulnerable/{id}/reveal': { answer: vulnerableRevealAnswer },
  'GET /api/care': { answer: careAnswer },
  'GET /api/care/defaults': { answer: careDefaultsAnswer },
  'POST /api/care/defaults': { body: careDefaultsBody, answer: careDefaultsAnswer },

  'GET /api/cases': { answer: casesAnswer },
  'POST /api/cases/search': { body: searchBody, answer: searchAnswer },
  'GET /api/cases/{id}': { answer: caseAnswer },
  'GET /api/cases/{id}/care': { answer: planAnswer },
  'POST /api/cases/{id}/care': { body: careStepBody, answer: planAnswer },
  'POST /api/cases/{id}/keeper': { body: keeperBody, answer: planAnswer },
  'GET /api/cases/{id}/events': { answer: eventsAnswer },
  'GET /api/cases/{id}/duplicates': { answer: duplicatesAnswer },
  'POST /api/cases/{id}/reveal': { answer: revealAnswer },
  'POST /api/cases/{id}/complaint': { answer: complaintAnswer },
  'PUT /api/cases/{id}/presence': { answer: presenceAnswer },
  'DELETE /api/cases/{id}/presence': { answer: presenceAnswer },
  'POST /api/cases/{id}/verify': { body: emptyBody, answer: commandAnswer },
  'POST /api/cases/{id}/dismiss': { body: emptyBody, answer: commandAnswer },
  'POST /api/cases/{id}/triage': { body: triageBody, answer: commandAnswer },
  'POST /api/cases/{id}/place': { body: placeBody, answer: commandAnswer },
  'POST /api/cases/{id}/contacts': { body: contactBody, answer: commandAnswer },
  'POST /api/cases/{id}/escalate': { body: escalateBody, answer: commandAnswer },
  'POST /api/cases/{id}/needs': { body: addNeedsBody, answer: commandAnswer },
  'POST /api/cases/{id}/outcome': { body: outcomeBody, answer: commandAnswer },
  'POST /api/cases/{id}/close': { body: closeBody, answer: commandAnswer },
  'POST /api/cases/{id}/reopen': { body: reopenBody, answer: commandAnswer },
  'POST /api/cases/{id}/merge': { body: mergeBody, answer: commandAnswer },
  'POST /api/cases/{id}/undo': { body: undoBody, answer: undoAnswer },
  'POST /api/cases/{id}/transfers': { body: requestTransferBody, answer: transferAnswer },

  'GET /api/needs/mine': { answer: needsAnswer },
  'GET /api/my-work': { answer: myWorkAnswer },
  'GET /api/corrections': { answer: correctionsAnswer },
  'POST /api/corrections/{id}/close': { body: closeCorrectionBody, answer: correctionAnswer },
  'POST /api/corrections/{id}/reopen': { body: emptyBody, answer: correctionAnswer },
  'GET /api/needs/{id}/colleagues': { answer: colleaguesAnswer },
  'POST /api/needs/{id}/claim': { body: emptyBody, answer: needAnswer },
  'POST /api/needs/{id}/heartbeat': { body: fenceBody, answer: needAnswer },
  'POST /api/needs/{id}/start': { body: fenceBody, answer: needAnswer },
  'POST /api/needs/{id}/fulfil': { body: fenceBody, answer: needAnswer },
  'POST /api/needs/{id}/release': { body: fenceBody, answer: needAnswer },
  'POST /api/needs/{id}/ask': { body: emptyBody, answer: needAnswer },
  'POST /api/needs/{id}/offer': { body: offerBody, answer: needAnswer },
  'POST /api/needs/{id}/withdraw': { body: fenceBody, answer: needAnswer },
  'POST /api/needs/{id}/accept': { body: emptyBody, answer: needAnswer },
  'POST /api/needs/{id}/reject': { body: emptyBody, answer: needAnswer },
  'POST /api/needs/{id}/close': { body: closeNeedBody, answer: needAnswer },
  'POST /api/needs/{id}/reopen': { body: emptyBody, answer: needAnswer },

  'GET /api/transfers': { answer: transfersAnswer },
  'GET /api/free-beds': { answer: freeBedsAnswer },
  'GET /api/placements': { answer: placementsAnswer },
  'POST /api/transfers/{id}/approve': { body: approveBody, answer: transferAnswer },
  'POST /api/transfers/{id}/agree': { body: approveBody, answer: transferAnswer },
  'POST /api/transfers/{id}/redirect': { body: redirectBody, answer: transferAnswer },
  'POST /api/transfers/{id}/accept': { body: emptyBody, answer: transferAnswer },
  'POST /api/transfers/{id}/extend': { body: emptyBody, answer: transferAnswer },
  'POST /api/transfers/{id}/refuse': { body: rejectBody, answer: transferAnswer },
  'POST /api/transfers/{id}/decline': { body: rejectBody, answer: transferAnswer },
  'POST /api/transfers/{id}/reject': { body: rejectBody, answer: transferAnswer },
  'POST /api/transfers/{id}/transport': { body: emptyBody, answer: transferAnswer },
  'POST /api/transfers/{id}/depart': { body: emptyBody, answer: transferAnswer },
  'POST /api/transfers/{id}/arrive': { body: emptyBody, answer: transferAnswer },
  'POST /api/transfers/{id}/cancel': { body: emptyBody, answer: transferAnswer },
  'POST /api/transfers/{id}/died': { body: emptyBody, answer: transferAnswer },
  'POST /api/transfers/{id}/died-at-destination': { body: emptyBody, answer: transferAnswer },

  'GET /api/reports': { answer: reportsAnswer },
  'GET /api/facilities': { answer: facilitiesAnswer },
  'GET /api/late': { answer: lateAnswer },
  'GET /api/yesterday': { answer: yesterdayAnswer },
  'GET /api/shift-start': { answer: shiftStartAnswer },
  'GET /api/facilities/{id}/beds': { answer: bedsAnswer },
  'POST /api/facilities/{id}/beds': { body: bedsBody, answer: bedsAnswer },
  'POST /api/beds/import': { body: bedImportBody, answer: bedImportAnswer },
  'GET /api/facilities/{id}/stock': { answer: stockAnswer },
  'POST /api/facilities/{id}/stock': { body: stockBody, answer: stockAnswer },
  'POST /api/facilities/{id}/counts/take': { body: takeCountBody, answer: countDecidedAnswer },
  'POST /api/facilities/{id}/counts/refuse': { body: refuseCountBody, answer: countDecidedAnswer },
  'POST /api/facilities/{id}/undo': { body: undoReportBody, answer: undoReportAnswer },
  'POST /api/facilities/{id}/vaccinations': { body: vaccinationsBody, answer: reportAnswer },
  'GET /api/facilities/{id}': { answer: facilityAnswer },
  'GET /api/facilities/{id}/wall': { answer: facilityWallAnswer },
  'GET /api/facilities/{id}/history': { answer: facilityHistoryAnswer },
  'POST /api/facilities': { body: createFacilityBody, answer: facilityAnswer },
  'POST /api/registry/import': { body: facilityImportBody, answer: facilityImportAnswer },
  'POST /api/facilities/{id}/edit': { body: editFacilityBody, answer: facilityAnswer },
  'POST /api/facilities/{id}/desk': { body: deskBody, answer: facilityAnswer },
  'POST /api/facilities/{id}/close': { body: closeFacilityBody, answer: facilityAnswer },
  'POST /api/facilities/{id}/reopen': { body: reopenFacilityBody, answer: facilityAnswer },
  'POST /api/facilities/{id}/merge': { body: mergeFacilityBody, answer: facilityAnswer },
  'GET /api/rounds': { answer: roundsAnswer },
  'POST /api/rounds': { body: roundBody, answer: roundAnswer },
  'GET /api/calls': { answer: callsAnswer },
  'POST /api/calls': { body: callBody, answer: callAnswer },
  'POST /api/calls/{id}/claim': { body: emptyBody, answer: takenCallAnswer },
  'POST /api/calls/{id}/release': { body: emptyBody, answer: callAnswer },
  'POST /api/calls/{id}/end': { body: endCallBody, answer: callAnswer },
  'GET /api/resources': { answer: resourcesAnswer },
  'GET /api/resources/{id}': { answer: resourceEventsAnswer },
  'POST /api/resources': { body: resourceBody, answer: resourceAnswer },
  'POST /api/resources/{id}/claim': { body: emptyBody, answer: resourceAnswer },
  'POST /api/resources/{id}/release': { body: emptyBody, answer: resourceAnswer },
  'POST /api/resources/{id}/deliver': { body: deliverResourceBody, answer: resourceAnswer },
  'POST /api/resources/{id}/close': { body: closeResourceBody, answer: resourceAnswer },
  'GET /api/alerts': { answer: alertsAnswer },
  'GET /api/alerts/{id}': { answer: alertEventsAnswer },
  'POST /api/alerts/{id}/acknowledge': { body: acknowledgeBody, answer: alertAnswer },
  'POST /api/alerts/{id}/take-over': { body: acknowledgeBody, answer: alertAnswer },
  'POST /api/alerts/{id}/undo': { body: emptyBody, answer: alertAnswer },
  'POST /api/alerts/{id}/shelve': { body: shelveBody, answer: alertAnswer },
  'POST /api/alerts/{id}/unshelve': { body: emptyBody, answer: alertAnswer },
  'GET /api/alert-answers': { answer: answersAnswer },
  'GET /api/alert-owners': { answer: alertOwnersAnswer },
  'GET /api/alert-rules': { answer: alertRulesAnswer },
  'POST /api/alert-rules': { body: alertRuleBody, answer: alertRuleAnswer },
  'POST /api/alert-rules/{id}/edit': { body: editAlertRuleBody, answer: alertRuleAnswer },
  'POST /api/alert-rules/backtest': { body: alertRuleBody, answer: backtestAnswer },
  'GET /api/command': { answer: commandAreaAnswer },
  'POST /api/periods': { body: startPeriodBody, answer: periodAnswer },
  'POST /api/periods/{id}/hand-over': { body: handOverBody, answer: periodAnswer },
  'POST /api/periods/{id}/take-back': { body: emptyBody, answer: periodAnswer },
  'POST /api/periods/{id}/accept': { body: acceptPeriodBody, answer: periodAnswer },
  'POST /api/objectives': { body: objectiveBody, answer: objectiveAnswer },
  'POST /api/objectives/{id}/state': { body: objectiveStateBody, answer: objectiveAnswer },
  'POST /api/decisions': { body: decisionBody, answer: decisionAnswer },
  'POST /api/command-messages': { body: messageBody, answer: messageAnswer },
  'POST /api/command-messages/{id}/withdraw': { body: emptyBody, answer: messageAnswer },
  'GET /api/dose-plans': { answer: plansAnswer },
  'POST /api/dose-plans': { body: planBody, answer: plansAnswer },
  'POST /api/tests': { body: testsBody, answer: reportAnswer },
} as const satisfies Readonly<Record<string, RouteShape>>

/** `GET /api/cases/{id}` */
export type Route = keyof typeof ROUTES

/** What a route answers; `undefined` where it answers 204. */
export type AnswerOf<R extends Route> = R extends Route
  ? (typeof ROUTES)[R]['answer'] extends infer A extends z.ZodType
    ? z.output<A>
    : undefined
  : never

/** What a route takes, before it is read; `undefined` where it takes nothing. */
export type BodyOf<R extends Route> = R extends Route
  ? (typeof ROUTES)[R] extends { readonly body: infer B extends z.ZodType }
    ? z.input<B>
    : undefined
  : never

/** What a route takes, as it was read. */
export type ReadBodyOf<R extends Route> = R extends Route
  ? (typeof ROUTES)[R] extends { readonly body: infer B extends z.ZodType }
    ? z.output<B>
    : undefined
  : never

/** Readonly at every depth. */
type Given<T> = T extends readonly (infer E)[]
  ? readonly Given<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Given<T[K]> }
    : T

/** What the hub has to give a route to answer with. */
export type GivenAnswerOf<R extends Route> = R extends Route
  ? (typeof ROUTES)[R]['answer'] extends infer A extends z.ZodType
    ? Given<z.input<A>>
    : undefined
  : never
