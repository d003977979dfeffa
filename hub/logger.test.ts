import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createLogger } from './logger.ts'

test('credentials are cut out of what is logged, two levels deep', () => {
  let written = ''
  const destination = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk)
      done()
    },
  })
  const logger = createLogger('info', destination)
  const secrets = { authorization: 'S3CRET', cookie: 'S3CRET', password: 'S3CRET', token: 'S3CRET' }
  logger.info({ ...secrets, headers: secrets, request: { headers: secrets } }, 'asked')
  logger.debug('not at this level')
  expect(written).not.toContain('S3CRET')
  expect(written.trim().split('\n').length).toBe(1)
  expect(JSON.parse(written)).toMatchObject({ level: 30, msg: 'asked', token: '[redacted]' })
})
