/** Everything somebody can ask of the hub. A route or scope names one of these, and the table says who may. */
export const ACTIONS = [
  // reading
  'situation.read',
  'province.read',
  'alerts.read',
  'board.read',
  'presence.read',
  'presence.share',
  'case.read',
  'case.reveal',
  'case.complaint',
  'case.search',
  'report.read',
  'audit.read',
  // asking for help: no account, the tracking code is the key
  'help.request',
  'help.follow',
  // recording
  'case.record',
  'vulnerable.record',
  'test.report',
  'vaccination.report',
  'facility.report',
  // working a case
  'case.triage',
  'case.claim',
  'case.release',
  'case.handover',
  'case.contact',
  'case.place',
  'case.close',
  'case.reopen',
  'case.merge',
  'transfer.read',
  // running the operation
  'alert.ack',
  'import.run',
  'operation.set',
  'accounts.manage',
  'screens.manage',
  'session.own',
] as const
export type Action = (typeof ACTIONS)[number]

/** What is acted upon, as far as the decision needs it. An absent field is not known to concern the resource. */
export type Resource = {
  /** an area code of any level */
  readonly area?: string
  readonly facility?: number
  /** the account that holds the claim, or owns the thing; `null`: nobody */
  readonly holder?: string | null
  /** of a case that is under way and needs nothing any more: the account that held its last need to the end */
  readonly lastHolder?: string | null
}
