import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { findInBytes } from './at-rest.ts'
import { findCanaries, personCanaries, phoneSpellings, textCanary } from './canary-words.ts'

const person = personCanaries('help', 3, undefined, '9999')
const all = Object.values(person)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('the search for personal data finds', () => {
  test.each([
    ['as it is typed', '0899999353'],
    ['as it is stored', '+66899999353'],
    ['in an address', '%2B66899999353'],
    ['with dashes', '089-999-9353'],
    ['with spaces', '+66 89 999 9353'],
    ['with Thai digits', '๐๘๙๙๙๙๙๓๕๓'],
    ['in base64', Buffer.from('{"phone":"+66899999353"}').toString('base64')],
    ['hashed without a key', sha256('+66899999353')],
    ['in a dump', Buffer.from('+66899999353').toString('hex')],
  ])('a phone %s', (_, text) => {
    expect(findCanaries(all, { log: `{"to":"${text}"}` })).toEqual(['help.phone in log'])
  })

  test.each(Object.entries(person))('a %s in JSON, in base64 and in part of an address', (_, canary) => {
    for (const text of [JSON.stringify([canary.typed]), `/api/help?x=${encodeURIComponent(canary.typed)}`])
      expect(findCanaries(all, { frames: text }), text).toEqual([`${canary.name} in frames`])
    if (canary.name.endsWith('lat') || canary.name.endsWith('lon')) return
    for (const before of ['', 'a', 'ab']) {
      const text = Buffer.from(`${before}${canary.typed}`).toString('base64url')
      expect(findCanaries(all, { frames: text }), text).toEqual([`${canary.name} in frames`])
    }
  })

  test('a place that is a metre wide, but not one of a hundred', () => {
    const { typed } = person.lat
    expect(findCanaries(all, { a: Number(typed).toFixed(5), b: Number(typed).toFixed(3) })).toEqual(['help.lat in a'])
  })

  test('nothing in a text without them, and none of another person', () => {
    const others = Object.values(personCanaries('record', 4)).map(({ typed }) => typed)
    expect(findCanaries(all, { log: others.join('\n'), metrics: '+66…53 1795732353000' })).toEqual([])
    expect(findCanaries([textCanary('more', 'case_private')], { log: 'canary-more' })).toEqual([])
  })

  test('in files of bytes: a latitude as PostgreSQL keeps it, and a phone of digits alone, which is no number there', () => {
    const bytes = Buffer.alloc(16)
    bytes.writeDoubleLE(Number(person.lat.typed))
    bytes.writeDoubleLE(Number.NaN, 8)
    expect(findInBytes(all, 'a table', bytes)).toEqual(['help.lat in a table'])
    expect(findInBytes(all, 'a table', Buffer.from(person.phone.typed))).toEqual(['help.phone in a table'])
  })

  test('no phone that is none', () => {
    expect(() => phoneSpellings('12')).toThrow()
  })
})
