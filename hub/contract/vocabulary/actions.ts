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
  'vulnerable.reveal',
  'test.report',
  'vaccination.report',
  'vaccination.plan',
  'facility.report',
  'stock.report',
  // the registry of facilities
  'facility.read',
  'facility.desk',
  'facility.register',
  // working a case
  'case.triage',
  'case.claim',
  'case.release',
  'case.handover',
  'case.contact',
  'case.care',
  'case.place',
  'case.close',
  'case.reopen',
  'case.merge',
  'transfer.read',
  // running the operation
  'alert.ack',
  'import.run',
  'operation.set',
  'threshold.set',
  'accounts.manage',
  'screens.manage',
  'keys.manage',
  'session.own',
] as const
export type Action = (typeof ACTIONS)[number]
