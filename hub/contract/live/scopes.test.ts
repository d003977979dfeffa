import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { isProvince, NO_PROVINCE } from '../vocabulary/areas.ts'
import { isScope } from './scopes.ts'

const AREAS = path.join(import.meta.dirname, '../../../db/areas/areas.json')

it('[S2] knows the provinces of the table of areas, and no other', () => {
  const { provinces } = JSON.parse(readFileSync(AREAS, 'utf8')) as { provinces: [code: string][] }
  const codes = Array.from({ length: 100 }, (_, i) => String(i).padStart(2, '0'))
  expect(codes.filter(isProvince)).toEqual([NO_PROVINCE, ...provinces.map(([code]) => code).sort()])
})

it.each([
  ['nation', true],
  ['alerts', true],
  ['province:50', true],
  ['province:00', true],
  ['public:50', true],
  ['public:99', false],
  ['board:96', true],
  ['command:TH', true],
  ['command:50', true],
  ['command:5001', false],
  ['board:TH', false],
  ['presence:17', true],
  ['facility:17', true],
  ['facility:x', false],
  ['screen:01890a5d-ac96-774b-bcce-b302099a8057', true],
  ['screen:01890A5D-ac96-774b-bcce-b302099a8057', false],
  ['screen:14', false],
  ['province:99', false],
  ['board:28', false],
  ['province:500', false],
  ['nation:10', false],
])('[S2] %s is a scope: %s', (text, expected) => {
  expect(isScope(text)).toBe(expected)
})
