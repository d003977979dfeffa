import { expect, it } from 'vitest'
import { createLogger } from './logger.ts'
import { createSecurityLog, LINES_PER_MINUTE, LINES_PER_NETWORK } from './security-log.ts'

function start(kept: 'full' | 'network' | 'none' = 'full') {
  const lines: Record<string, unknown>[] = []
  const logger = createLogger('info', { write: (text) => void lines.push(JSON.parse(text)) })
  return { lines, log: createSecurityLog(logger, kept) }
}

it('says who was refused what, and as much of the address as the audit log keeps', async () => {
  for (const [kept, address] of [
    ['full', '203.0.113.9'],
    ['network', '203.0.113.0/24'],
    ['none', null],
  ] as const) {
    const { lines, log } = start(kept)
    await log.refused({ address: '203.0.113.9', code: 'unauthenticated', status: 401, route: 'GET /api/cases' })
    expect(lines).toMatchObject([
      { security: 'refused', code: 'unauthenticated', status: 401, route: 'GET /api/cases', address },
    ])
  }
})

it('of a network that tries and tries, a bounded number of lines; the next says how many there are no lines of', async () => {
  const { lines, log } = start()
  for (let i = 0; i < LINES_PER_NETWORK + 40; i++)
    await log.refused({ address: `203.0.113.${i}`, code: 'code_unknown' })
  expect(lines).toHaveLength(LINES_PER_NETWORK)
  await log.refused({ address: '198.51.100.1', code: 'code_unknown' })
  expect(lines.at(-1)).toMatchObject({ address: '198.51.100.1', unlogged: 40 })
  await log.refused({ address: '198.51.100.1', code: 'code_unknown' })
  expect(lines.at(-1)).not.toHaveProperty('unlogged')
})

it('of many networks too', async () => {
  const { lines, log } = start()
  for (let i = 0; i < LINES_PER_MINUTE + 9; i++)
    await log.refused({ address: `10.${i >> 8}.${i & 255}.1`, code: 'unauthenticated' })
  expect(lines).toHaveLength(LINES_PER_MINUTE)
})
