import { fetchMyNeeds, type Need } from '../api/cases.ts'

/** Claims of this account that run on; none for who claims nothing, or when the hub cannot be asked. */
export async function liveClaims(may: readonly string[], now: number): Promise<readonly Need[]> {
  if (!may.includes('case.claim')) return []
  try {
    return (await fetchMyNeeds()).filter(({ leaseUntil }) => (leaseUntil ?? 0) > now)
  } catch (error) {
    console.info('Whether claims run on is not known.', error)
    return []
  }
}
