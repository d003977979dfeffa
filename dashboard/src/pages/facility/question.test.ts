import { expect, test } from 'vitest'
import { ApiError } from '../../api/http.ts'
import { questionOf } from './question.ts'

const doubt = (field: string, message: string) => ({ field, rule: 'over_before', limit: 30, value: 77, message })
const levels = ['2.1', '3']

test('a question about beds names the level it is about', () => {
  const error = new ApiError(422, 'implausible', 'hardly true', [doubt('levels.1.staffed', '77 is a lot.')])
  expect(questionOf(error, (_, index) => `Level ${levels[index]}`)).toEqual({
    kind: 'implausible',
    sentences: ['Level 3: 77 is a lot.'],
  })
})

test('a question about one number, or about a report without names, stands as the hub says it', () => {
  const of = (field: string) => questionOf(new ApiError(422, 'implausible', 'hardly true', [doubt(field, 'A lot.')]))
  expect(of('tested')).toEqual({ kind: 'implausible', sentences: ['A lot.'] })
  expect(of('levels.0.staffed')).toEqual({ kind: 'implausible', sentences: ['A lot.'] })
})
