import type { Browser, Page } from 'playwright-core'
import { createTestAccounts, signInContext } from '../support/accounts.ts'
import { keepPerson } from '../support/people.ts'
import type { TestDatabase } from '../support/pg.ts'

const PHONE = { width: 390, height: 844 }

/** Those who work a case in province 50, and what boards call them. Two share a call-sign. */
export const CASE_PEOPLE = [
  { username: 'rescue-1', role: 'responder', areas: ['50'], label: 'Rescue 1' },
  { username: 'rescue-2', role: 'responder', areas: ['50'], label: 'Rescue 2' },
  { username: 'namesake', role: 'responder', areas: ['50'], label: 'Rescue 1' },
  { username: 'nurse', role: 'triage', areas: ['50'], label: 'Triage 50' },
  { username: 'beds', role: 'bed_coordinator', areas: ['50'], label: 'Beds 50' },
  { username: 'chief', role: 'district_chief', areas: ['5001'], label: 'District 5001' },
] as const

export async function makeCasePeople(database: TestDatabase): Promise<void> {
  await createTestAccounts(database, CASE_PEOPLE)
}

/** A page of somebody who has signed in, on a phone. */
export async function pageOf(browser: Browser, url: string, username: string): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE })
  await signInContext(context, url, username)
  return context.newPage()
}

/** Who a case is about, so that a duplicate of it can be found. */
export async function givePerson(database: TestDatabase, caseId: number, phone: string): Promise<void> {
  await keepPerson(database.pool, caseId, { name: 'Test', phone })
}
