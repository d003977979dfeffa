import { expect, test } from 'vitest'
import type { NeedState } from '../../../../hub/contract/vocabulary/needs.ts'
import { moreBody, NO_MORE, needsLeft } from './more.ts'

const need = (kind: 'bed' | 'food', status: NeedState) => ({ kind, status, holder: null, since: 0 })

test('nothing is sent until there is something to say', () => {
  expect(moreBody(NO_MORE)).toBeUndefined()
  expect(moreBody({ ...NO_MORE, note: '  ' })).toBeUndefined()
})

test('symptoms, risks, oxygen, needs and a note each are enough, and go out as they are', () => {
  expect(moreBody({ ...NO_MORE, symptoms: ['drowsy'] })).toEqual({ symptoms: ['drowsy'] })
  expect(moreBody({ ...NO_MORE, risks: ['pregnant'] })).toEqual({ risks: ['pregnant'] })
  expect(moreBody({ ...NO_MORE, spo2: '၉၁' })).toEqual({ spo2: 91 })
  expect(moreBody({ ...NO_MORE, needs: ['oxygen'], note: ' a ' })).toEqual({ needs: ['oxygen'], note: 'a' })
})

test('what is under way is not offered again; what has ended is', () => {
  const left = needsLeft({ needs: [need('bed', 'claimed'), need('food', 'fulfilled')] })
  expect(left).not.toContain('bed')
  expect(left).toContain('food')
  expect(left).toContain('oxygen')
})
