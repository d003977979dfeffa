import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { isDatabaseAway, noteLoss, orAway } from './away.ts'

const coded = (code: string) => Object.assign(new Error(`an error of code ${code}`), { code })

test.each([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  '08006',
  '57P01',
  '57P02',
  '57P03',
  '25P03',
  '53300',
  '53100',
  '25006',
])('%s: the database is away', (code) => {
  expect(isDatabaseAway(coded(code))).toBe(true)
})

test.each(['23505', '40001', '42501', '57014', '22P02', '3D000', '28P01', 'ERR_INVALID_ARG_TYPE', 'ENOENT'])(
  '%s: it is not',
  (code) => {
    expect(isDatabaseAway(coded(code))).toBe(false)
  },
)

test.each([
  'Connection terminated unexpectedly',
  'Connection terminated',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'timeout exceeded when trying to connect',
  'Postgres connection has been discarded',
])('"%s", which has no code: it is away', (message) => {
  expect(isDatabaseAway(new Error(message))).toBe(true)
})

test('what stands inside of another error counts; anything else does not', () => {
  expect(isDatabaseAway(new Error('Failed to get session', { cause: coded('57P01') }))).toBe(true)
  expect(isDatabaseAway(new AggregateError([coded('ECONNREFUSED'), coded('ENOENT')], ''))).toBe(true)
  expect(isDatabaseAway(new TypeError('x is not a function'))).toBe(false)
  expect(isDatabaseAway('Connection terminated')).toBe(false)
})

test('a library that swallows a loss: it is thrown all the same, and only to who caused it', async () => {
  const lost = coded('57P01')
  const swallow = (error: Error) => async () => {
    await sleep(1)
    noteLoss(error)
    return 'signed out'
  }
  const [first, second, third] = await Promise.allSettled([
    orAway(swallow(lost)),
    orAway(swallow(coded('23505'))),
    orAway(async () => {
      noteLoss(lost)
      throw new Error('the password is wrong')
    }),
  ])
  expect(first).toEqual({ status: 'rejected', reason: lost })
  expect(second).toEqual({ status: 'fulfilled', value: 'signed out' })
  expect(third).toEqual({ status: 'rejected', reason: lost })
})
