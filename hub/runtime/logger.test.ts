import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createLogger } from './logger.ts'

function memory() {
  let written = ''
  const destination = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk)
      done()
    },
  })
  return { logger: createLogger('info', destination), written: () => written }
}

test('credentials are cut out of what is logged, two levels deep', () => {
  const { logger, written } = memory()
  const secrets = { authorization: 'S3CRET', cookie: 'S3CRET', password: 'S3CRET', token: 'S3CRET' }
  logger.info({ ...secrets, headers: secrets, request: { headers: secrets } }, 'asked')
  logger.debug('not at this level')
  expect(written()).not.toContain('S3CRET')
  expect(written().trim().split('\n').length).toBe(1)
  expect(JSON.parse(written())).toMatchObject({ level: 30, msg: 'asked', token: '[redacted]' })
})

test('what went wrong may be an error or a sentence', () => {
  const { logger, written } = memory()
  logger.info({ error: 'the change feed is stopped' }, 'the change feed')
  logger.warn({ err: new RangeError('too far') }, 'a job')
  const [feed, job] = written().trim().split('\n')
  expect(JSON.parse(feed ?? '')).toMatchObject({ error: 'the change feed is stopped' })
  expect(JSON.parse(job ?? '')).toMatchObject({ err: { type: 'RangeError', message: 'too far' } })
})

test('a line break in what is logged begins no line of its own', () => {
  const { logger, written } = memory()
  logger.info({ label: 'a\n{"level":50}' }, 'said\r\n{"level":60}')
  expect(written().match(/\n/g)).toHaveLength(1)
  expect(JSON.parse(written())).toMatchObject({ level: 30, label: 'a\n{"level":50}' })
})
