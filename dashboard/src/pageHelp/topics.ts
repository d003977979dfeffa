/** By the first part of an address; where a page has several parts, the next one says which. Walls have a sheet of their own. */
const PAGES = {
  '': 'start',
  home: 'start',
  province: 'province',
  record: 'record',
  'sign-in': 'signIn',
  account: 'account',
  facility: 'facility',
  facilities: 'registry',
  beds: 'beds',
  desk: 'desk',
  find: 'find',
  corrections: 'corrections',
  board: 'board',
  case: 'case',
  invitation: 'invitation',
  screen: 'screen',
  alerts: 'alerts',
  care: 'care',
  vulnerable: 'vulnerable',
  period: 'period',
  late: 'late',
  notifications: 'notifications',
  list: 'list',
  help: 'help',
  privacy: 'privacy',
  admin: 'admin',
} as const
const SECTIONS = ['screens', 'keys', 'audit', 'thresholds'] as const

export type Topic = (typeof PAGES)[keyof typeof PAGES] | (typeof SECTIONS)[number] | 'status' | 'nothing'

/** What the page of an address is about. */
export function topicOf(pathname: string): Topic {
  const [first = '', rest] = pathname.split('/').filter(Boolean)
  const topic: Topic = Object.hasOwn(PAGES, first) ? PAGES[first as keyof typeof PAGES] : 'nothing'
  if (topic === 'help' && rest !== undefined) return 'status'
  return (topic === 'admin' && SECTIONS.find((section) => section === rest)) || topic
}
