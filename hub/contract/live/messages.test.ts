import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { clientMessage, hubMessage, PROTOCOL_VERSION } from './messages.ts'
import { ROW_COLUMNS } from './rows.ts'

const PROTOCOL = readFileSync(path.join(import.meta.dirname, 'PROTOCOL.md'), 'utf8')
/** Version → hash of everything a client must agree with. A change needs a new version and its line in PROTOCOL.md. */
const PINNED = new Map(
  [...PROTOCOL.matchAll(/^- (\d+) `([0-9a-f]{16})` — /gm)].map(([, version, hash]) => [Number(version), hash]),
)

describe('the wire', () => {
  it('does not change without a new version', () => {
    const shape = [clientMessage, hubMessage].map((schema) => z.toJSONSchema(schema, { unrepresentable: 'any' }))
    const hash = createHash('sha256')
      .update(JSON.stringify([shape, ROW_COLUMNS]))
      .digest('hex')
      .slice(0, 16)
    expect({ [PROTOCOL_VERSION]: hash }).toEqual({ [PROTOCOL_VERSION]: PINNED.get(PROTOCOL_VERSION) })
    expect(Math.max(...PINNED.keys())).toBe(PROTOCOL_VERSION)
  })

  it.each([
    ['an unknown scope', { t: 'sub', s: 'province:5', at: 0 }],
    ['a negative position', { t: 'sub', s: 'nation', at: -1 }],
    ['an unsafe position', { t: 'sub', s: 'nation', at: 2 ** 60 }],
    ['an unknown field', { t: 'sub', s: 'nation', at: 0, x: 1 }],
    ['an unknown type', { t: 'shout' }],
    ['no object', []],
  ])('refuses %s', (_, message) => {
    expect(clientMessage.safeParse(message).success).toBe(false)
  })
})
