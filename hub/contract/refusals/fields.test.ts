import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fieldErrors, inLanguage } from './fields.ts'

const schema = z.strictObject({
  name: z.string().min(1).max(5).optional(),
  password: z.string().min(12).optional(),
  day: z.iso.date().optional(),
  at: z.iso.datetime({ offset: true }).optional(),
  email: z.email().optional(),
  count: z.number().int().min(0).max(9).optional(),
  id: z.number().int().positive().optional(),
  kind: z.enum(['a', 'b']).optional(),
  list: z.array(z.string()).min(1).max(2).optional(),
  note: z.string().max(3).or(z.literal('')).optional(),
  either: z
    .discriminatedUnion('kind', [z.object({ kind: z.literal('x') }), z.object({ kind: z.literal('y') })])
    .optional(),
  own: z
    .string()
    .refine((text) => text === 'right', 'place_outside')
    .optional(),
})

function faults(input: unknown) {
  const { error } = schema.safeParse(input)
  return error ? fieldErrors('en', 'json', error).map(({ path, key, params }) => ({ path, key, params })) : []
}

describe('what is wrong with a field has a key, and the numbers that its sentence names', () => {
  const cases: readonly [unknown, string, string, object][] = [
    [{ name: '' }, 'name', 'required', {}],
    [{ name: 'too long' }, 'name', 'too_long', { max: 5 }],
    [{ name: 3 }, 'name', 'wrong', {}],
    [{ password: 'short' }, 'password', 'too_short', { min: 12 }],
    [{ day: '2021-02-30' }, 'day', 'day_wrong', {}],
    [{ at: 'noon' }, 'at', 'time_wrong', {}],
    [{ email: 'a@b' }, 'email', 'email_invalid', {}],
    [{ count: 10 }, 'count', 'number_max', { max: 9 }],
    [{ count: -1 }, 'count', 'number_min', { min: 0 }],
    [{ count: 0.5 }, 'count', 'number_whole', {}],
    [{ id: 0 }, 'id', 'number_min', { min: 1 }],
    [{ kind: 'c' }, 'kind', 'choice', {}],
    [{ list: [] }, 'list', 'required', {}],
    [{ list: ['a', 'b', 'c'] }, 'list', 'too_many_entries', { max: 2 }],
    [{ note: 'long' }, 'note', 'too_long', { max: 3 }],
    [{ either: { kind: 'z' } }, 'either.kind', 'choice', {}],
    [{ own: 'left' }, 'own', 'place_outside', {}],
    [{ other: 1 }, '', 'unknown_field', {}],
  ]
  it.each(cases)('%j', (input, path, key, params) => {
    expect(faults(input)).toEqual([{ path, key, params }])
  })

  it('a field that is missing is required', () => {
    const { error } = z.object({ name: z.string() }).safeParse({})
    expect(error && fieldErrors('en', 'json', error)[0]?.key).toBe('required')
  })
})

it('the same fields are said in another language, and in English as precisely as where they were found', () => {
  const details = [
    { in: 'json', path: 'levels.0.held', key: 'beds_held', params: { level: '3', held: 2 }, message: 'Level 3: …' },
  ]
  expect(inLanguage('en', details)).toBe(details)
  expect(inLanguage('th', details)).toMatchObject([{ message: 'ระดับ 3: มีเตียงที่จองไว้สำหรับการส่งต่อ 2 เตียง' }])
  expect(inLanguage('th', { seconds: 3 })).toEqual({ seconds: 3 })
})
