import { expect, test } from 'vitest'
import { agencySaidSecondFactor, hearAgency, noteAgency, saysSecondFactor } from './agency.ts'

const token = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`
const STRONG = 'urn:agency:two-factors'

test.each<[string, string | null, boolean]>([
  ['amr mfa (RFC 8176)', token({ amr: ['pwd', 'mfa'] }), true],
  ['a class the operator named', token({ acr: STRONG }), true],
  ['a password alone', token({ amr: ['pwd'], acr: '0' }), false],
  ['another class', token({ acr: 'urn:agency:three' }), false],
  ['nothing', token({}), false],
  ['something else in their place', token({ acr: 7, amr: 'mfa' }), false],
  ['no token', null, false],
])('%s', (_, idToken, wanted) => expect(saysSecondFactor(idToken, [STRONG])).toBe(wanted))

test('what was said on the way back of one is not believed of another', async () => {
  const ways = [token({ amr: ['mfa'] }), token({ amr: ['pwd'] })].map((idToken) =>
    hearAgency(async () => {
      noteAgency(idToken, [])
      await new Promise((resolve) => setTimeout(resolve, 1))
      return agencySaidSecondFactor()
    }),
  )
  expect(await Promise.all(ways)).toEqual([true, false])
  expect(agencySaidSecondFactor()).toBe(false)
})
