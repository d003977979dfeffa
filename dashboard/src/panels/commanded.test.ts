import { expect, it } from 'vitest'
import type { RowObject } from '../../../hub/contract/live/rows.ts'
import { messagesFor, objectivesFor, type Reader } from './commanded.ts'

const message = (id: string, over: Partial<RowObject<'message'>> = {}): RowObject<'message'> => ({
  ...{ id, area: '50', audience: 'everyone', urgent: false, text: id, sentAt: Number(id), until: 1_000, by: 'EOC' },
  ...over,
})
const wall: Reader = { place: 'screens', area: '50', role: 'screen', areas: ['50'] }
const chief: Reader = { place: 'boards', area: '50', role: 'district_chief', areas: ['5001'] }
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)

const SAID = [
  message('1'),
  message('2', { audience: 'screens' }),
  message('3', { audience: 'boards', urgent: true }),
  message('4', { audience: 'district_chief', area: '5001' }),
  message('5', { area: '5002' }),
  message('6', { area: 'TH' }),
  message('7', { until: 500 }),
]

it.each([
  ['a wall', wall, ['6', '2', '1']],
  ['a district’s board', chief, ['3', '6', '4', '1']],
  [
    'the province’s page of its governor',
    { ...chief, place: 'pages', role: 'governor', areas: ['50'] } as const,
    ['6', '5', '1'],
  ],
  ['the page of another province', { ...chief, place: 'pages', area: '51', areas: ['51'] } as const, ['6']],
])('%s shows what is said to it, urgent first, until its time', (_, reader, expected) => {
  expect(ids(messagesFor(reader, SAID, 600))).toEqual(expected)
})

it('objectives of the area come by when they are due, and tasks not at all', () => {
  const objective = (id: string, over: Partial<RowObject<'objective'>>): RowObject<'objective'> => ({
    ...{
      id,
      area: '50',
      kind: 'objective',
      objective: null,
      title: id,
      role: 'triage',
      owner: null,
      dueAt: null,
      state: 'open',
    },
    ...over,
  })
  const rows = [
    objective('1', {}),
    objective('2', { dueAt: 20 }),
    objective('3', { dueAt: 10 }),
    objective('4', { kind: 'task', dueAt: 1 }),
    objective('5', { area: 'TH', dueAt: 1 }),
  ]
  expect(ids(objectivesFor('50', rows))).toEqual(['3', '2', '1'])
})
