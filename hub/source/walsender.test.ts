import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProtocolError } from './bytes.ts'
import { COPY_DONE, copyData, readFrame, statusUpdate } from './walsender.ts'

describe('frames of the walsender', () => {
  test('a keepalive, as PostgreSQL 18.4 sent it', () => {
    expect(readFrame(Buffer.from('6b00000000bec16638000303e2252b53d900', 'hex'))).toEqual({
      kind: 'keepalive',
      lsn: 0xbec16638,
      replyWanted: false,
    })
    expect(readFrame(Buffer.from('6b00000000bec16638000303e2252b53d901', 'hex'))).toMatchObject({ replyWanted: true })
  })

  test('data is the LSN and the payload behind the header', () => {
    const header = `77${'0000000000000010'.repeat(2)}${'00'.repeat(8)}`
    expect(readFrame(Buffer.from(`${header}4243`, 'hex'))).toEqual({
      kind: 'data',
      lsn: 16,
      payload: Buffer.from('BC'),
    })
  })

  test('anything else is refused by name', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          readFrame(Buffer.from(bytes))
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError)
        }
      }),
    )
  })

  test('a status update says the position three times, the time, and whether an answer is wanted', () => {
    const bytes = statusUpdate(2 ** 32 + 5, 946_684_800_000 + 1.5, true)
    expect(bytes.toString('hex')).toBe(`72${'0000000100000005'.repeat(3)}00000000000005dc01`)
    expect(statusUpdate(0, 946_684_800_000, false).at(-1)).toBe(0)
  })

  test('CopyData and CopyDone carry their length', () => {
    expect(copyData(Buffer.from('abc')).toString('hex')).toBe('6400000007616263')
    expect(COPY_DONE.toString('hex')).toBe('6300000004')
  })
})
