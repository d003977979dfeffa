import { expect, it } from 'vitest'
import { readCheck } from './checkDraft.ts'

it('a check takes what a thermometer and an oximeter show, in any script, with a point or a comma', () => {
  expect(readCheck({ spo2: '97', temperature: '37,2', feeling: 'same' })).toEqual({
    feeling: 'same',
    spo2: 97,
    temperature: 37.2,
  })
  expect(readCheck({ spo2: '๙๗', temperature: '๓๗.๒', feeling: 'better' })).toEqual({
    feeling: 'better',
    spo2: 97,
    temperature: 37.2,
  })
  expect(readCheck({ spo2: '', temperature: ' ', feeling: 'worse' })).toEqual({ feeling: 'worse' })
})

it('names each field that cannot be, and wants to know how the person is', () => {
  expect(readCheck({ spo2: '9', temperature: '372', feeling: '' })).toEqual(['spo2', 'temperature', 'feeling'])
  expect(readCheck({ spo2: '101', temperature: '29.9', feeling: 'same' })).toEqual(['spo2', 'temperature'])
  expect(readCheck({ spo2: '97.5', temperature: '45.1', feeling: 'same' })).toEqual(['spo2', 'temperature'])
})
