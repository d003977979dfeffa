import { randomUUID } from 'node:crypto'
import type { RequestCase } from './request-case.ts'

const keyed = () => ({ 'idempotency-key': randomUUID() })
const help = (area: string) => ({
  ...{ language: 'th', consent: { given: true, version: '2026-12', language: 'th' } },
  ...{ name: 'Test', nationality: 'TH', birthYear: 1980, sex: 'female', symptoms: ['fever'], risks: [], spo2: 97 },
  ...{ needs: ['food', 'medicine'], place: { area }, address: '1 Test Road', note: 'Test' },
})

/** Requests to the routes with a body that everybody may send to. `code`: of a request for help that stands. */
export function openRequests(code: () => string): Readonly<Record<string, RequestCase>> {
  const followed = (path: string, body: object, allowed: readonly number[] = [200]): RequestCase => ({
    allowed,
    request: () => ({ path, body, headers: { ...keyed(), 'tracking-code': code() } }),
  })
  const own = (name: string, more: object, allowed: readonly number[]): RequestCase => ({
    allowed,
    request: () => ({ path: `/api/my-data/${name}`, body: { code: code(), ...more }, headers: keyed() }),
  })
  const proof = 'A'.repeat(60)
  return {
    // Nobody has this login.
    'POST /api/auth/sign-in': {
      allowed: [400, 401],
      request: () => ({ path: '/api/auth/sign-in', body: { login: randomUUID(), password: 'correct horse' } }),
    },
    // Allowed, and this hub has no provider.
    'POST /api/auth/sign-in/oidc': {
      allowed: [404, 409],
      request: () => ({ path: '/api/auth/sign-in/oidc', body: { next: '/board' } }),
    },
    'POST /api/auth/device/code': {
      allowed: [200],
      request: () => ({ path: '/api/auth/device/code', body: { client_id: 'jitasa-wall' } }),
    },
    'POST /api/auth/device/token': {
      allowed: [400],
      request: () => ({
        path: '/api/auth/device/token',
        body: {
          grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
          device_code: 'A'.repeat(40),
          client_id: 'jitasa-wall',
        },
      }),
    },
    'POST /api/auth/device/return': {
      allowed: [404],
      request: () => ({ path: '/api/auth/device/return', body: { screen_key: 'A'.repeat(43) } }),
    },
    'POST /api/invitations/accept': {
      allowed: [404, 409, 410],
      request: () => ({
        path: '/api/invitations/accept',
        body: { token: 'A'.repeat(43), name: 'Test', email: null, username: 't-test', password: 'nobody guesses this' },
      }),
    },
    'POST /api/help': {
      allowed: [200, 201],
      request: ({ world }) => ({ path: '/api/help', body: help(world.district), headers: keyed() }),
    },
    'POST /api/help/verify': followed('/api/help/verify', { code: '000000' }, [409, 422]),
    'POST /api/help/cancel': followed('/api/help/cancel', { digits: '1234' }, [200, 400, 403, 409]),
    'POST /api/help/more': followed('/api/help/more', { needs: ['oxygen'], symptoms: ['cough'], risks: [], note: 'T' }),
    'POST /api/help/check': followed('/api/help/check', { feeling: 'same', spo2: 97 }, [200, 400, 409]),
    'POST /api/my-data/state': own('state', {}, [200]),
    'POST /api/my-data/send': own('send', {}, [200, 409]),
    'POST /api/my-data/proof': own('proof', { phone: '0812345678' }, [200, 400, 403, 409]),
    'POST /api/my-data/copy': own('copy', { proof }, [400, 401, 403]),
    'POST /api/my-data/correct': own('correct', { proof, name: 'Test' }, [400, 401, 403]),
    'POST /api/my-data/withdraw': own('withdraw', { proof }, [400, 401, 403]),
    'POST /api/my-data/erase': own('erase', { proof }, [400, 401, 403]),
    'POST /api/my-data/keep': own('keep', { proof }, [400, 401, 403]),
  }
}
