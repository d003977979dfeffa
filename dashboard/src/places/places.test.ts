import { describe, expect, test } from 'vitest'
import type { Area } from '../api/areas.ts'
import { areaName, nearest, sortedAreas } from './areas.ts'
import { roundPoint } from './location.ts'
import { nameFeatures } from './pinStyle.ts'
import { NO_PLACE, pickArea, placeBody, placeOfCode } from './place.ts'

const area = (code: string, nameTh: string, nameEn: string, lat: number | null, lon: number | null): Area => ({
  code,
  level: 'province',
  nameTh,
  nameEn,
  lat,
  lon,
})
const MAE_SOT = area('63', 'ตาก', 'Tak', 16.71, 98.57)
const CHIANG_MAI = area('50', 'เชียงใหม่', 'Chiang Mai', 18.79, 98.98)
const NOWHERE = area('96', 'นราธิวาส', 'Narathiwat', null, null)

describe('a place', () => {
  test('a province alone is no place; a district, a sub-district or a pin is', () => {
    expect(placeBody(placeOfCode('50'))).toBeUndefined()
    expect(placeBody(placeOfCode('5001'))).toEqual({ area: '5001' })
    expect(placeBody(placeOfCode('500101'))).toEqual({ area: '500101' })
    const point = { lat: 18.7, lon: 98.9 }
    expect(placeBody({ ...NO_PLACE, point })).toEqual({ point })
    expect(placeBody(placeOfCode('TH'))).toBeUndefined()
  })

  test('another province empties what lies below it, and keeps the pin', () => {
    const point = { lat: 18.7, lon: 98.9 }
    const moved = pickArea({ ...placeOfCode('500101'), point }, 'province', '63')
    expect(moved).toEqual({ ...placeOfCode('63'), point })
    expect(pickArea(placeOfCode('500101'), 'district', '5002')).toEqual(placeOfCode('5002'))
  })

  test('a pin is exact to a metre, and no more', () => {
    expect(roundPoint({ lat: 18.787_654_321, lon: 98.993_456_789 })).toEqual({ lat: 18.78765, lon: 98.99346 })
  })
})

describe('areas', () => {
  test('the nearest first; without a point never', () => {
    expect(nearest([NOWHERE, CHIANG_MAI, MAE_SOT], { lat: 16.8, lon: 98.6 }).map(({ code }) => code)).toEqual([
      '63',
      '50',
    ])
  })

  test('readers of neither Thai nor English see both scripts', () => {
    expect((['th', 'en', 'my'] as const).map((language) => areaName(MAE_SOT, language))).toEqual([
      'ตาก',
      'Tak',
      'Tak · ตาก',
    ])
    expect(sortedAreas([MAE_SOT, CHIANG_MAI], 'km').map(({ code }) => code)).toEqual(['50', '63'])
  })

  test('the map names what has a point', () => {
    const { features } = nameFeatures([MAE_SOT, NOWHERE], 'lo')
    expect(features.map(({ properties }) => properties?.label)).toEqual(['Tak\nตาก'])
  })
})
