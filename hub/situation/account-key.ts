import { createHash } from 'node:crypto'

/** Characters of a key: 64 bits, so that two of a million accounts share one with a chance of 1 in 37 million. */
const KEY_LENGTH = 16

/**
 * What boards show of an account beside its call-sign, so that two with the same call-sign are told apart: stable, and
 * no way back to the account's random id. Migration 0007 computes the same in SQL.
 */
export function accountKey(account: string): string {
  return createHash('sha256').update(account).digest('hex').slice(0, KEY_LENGTH)
}
