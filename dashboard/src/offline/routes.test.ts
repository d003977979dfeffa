import { expect, test } from 'vitest'
import { route } from './routes.ts'

const HERE = 'https://hub.example'
const of = (path: string, method = 'GET', mode = 'cors') => route(method, mode, new URL(path, HERE), HERE)

test('pages of /record and /facility, what they are made of and the public areas are kept', () => {
  expect(of('/record', 'GET', 'navigate')).toBe('page')
  expect(of('/record/dose', 'GET', 'navigate')).toBe('page')
  expect(of('/facility/12?tab=stock', 'GET', 'navigate')).toBe('page')
  expect(of('/assets/index-abc.js')).toBe('asset')
  expect(of('/api/areas?parent=50')).toBe('areas')
  expect(of('/api/sites?area=50')).toBe('areas')
})

test.each([
  '/api/session',
  '/api/record',
  '/api/record/duplicates',
  '/api/cases/7/reveal',
  '/api/help/status',
  '/api/areas/provinces.topo.json',
  'https://elsewhere.example/assets/x.js',
])('%s is never kept', (path) => {
  expect(of(path)).toBe('network')
})

test('nothing that changes something is kept, and no other page', () => {
  expect(of('/record', 'POST')).toBe('network')
  expect(of('/api/areas', 'POST')).toBe('network')
  expect(of('/wall', 'GET', 'navigate')).toBe('network')
  expect(of('/recorder', 'GET', 'navigate')).toBe('network')
  expect(of('/facilities/12', 'GET', 'navigate')).toBe('network')
})
