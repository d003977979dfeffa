import { expect, test } from 'vitest'
import { rolePassword, roleUrl, scramVerifier } from './roles.ts'

test('a role’s password follows from the owner’s alone, and differs by role', () => {
  expect(rolePassword('owner', 'jitasa_hub')).toMatch(/^[0-9a-f]{64}$/)
  expect(rolePassword('owner', 'jitasa_hub')).toBe(rolePassword('owner', 'jitasa_hub'))
  expect(rolePassword('owner', 'jitasa_api')).not.toBe(rolePassword('owner', 'jitasa_hub'))
  expect(rolePassword('other', 'jitasa_hub')).not.toBe(rolePassword('owner', 'jitasa_hub'))
})

test('a role’s URL keeps host, database and options, also when the password needs escapes', () => {
  const url = new URL(roleUrl('postgres://me:p%40ss%2F1@db.example:6432/jitasa?sslmode=require', 'jitasa_api') ?? '')
  expect(url.password).toBe(rolePassword('p@ss/1', 'jitasa_api'))
  expect([url.username, url.host, url.pathname, url.search]).toEqual([
    'jitasa_api',
    'db.example:6432',
    '/jitasa',
    '?sslmode=require',
  ])
  expect(roleUrl('postgres://me@db.example/jitasa', 'jitasa_api')).toBeUndefined()
})

test('the verifier of RFC 7677’s example', () => {
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64')
  expect(scramVerifier('pencil', salt)).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  )
})
