import { expect, it } from 'vitest'
import { areDeviceKeys, isPushService } from './push.ts'
import { filled } from './template.ts'
import { vapidKeys } from './vapid.ts'

const HOSTS = ['fcm.googleapis.com', '*.push.apple.com', '127.0.0.1']

it.each([
  ['https://fcm.googleapis.com/fcm/send/1', true],
  ['https://web.push.apple.com/1', true],
  ['http://127.0.0.1:9000/1', true],
  ['http://fcm.googleapis.com/1', false],
  ['https://push.apple.com/1', false],
  ['https://evilpush.apple.com/1', false],
  ['https://fcm.googleapis.com.evil.example/1', false],
  ['https://localhost/1', false],
  ['https://10.0.0.1/1', false],
])('%s is one of the push services: %s', (endpoint, is) => {
  expect(isPushService(endpoint, HOSTS)).toBe(is)
  expect(isPushService(endpoint, [])).toBe(false)
})

it('the keys of the hub follow from its secret, differ by it, and are a pair that browsers take', () => {
  const keys = vapidKeys('a secret of thirty-two characters')
  expect(vapidKeys('a secret of thirty-two characters')).toEqual(keys)
  expect(vapidKeys('another secret of as many letters')).not.toEqual(keys)
  expect(Buffer.from(keys.publicKey, 'base64url')).toHaveLength(65)
  expect(areDeviceKeys({ p256dh: keys.publicKey, auth: 'AAAAAAAAAAAAAAAAAAAAAA' })).toBe(true)
})

it('a template is filled in wherever it has a text, and nothing else of it changes', () => {
  const filling = {
    title: 'A "red" need',
    body: '{{url}}',
    url: 'https://hub.example/',
    kind: 'red_need',
    area: '5001',
  }
  expect(filled({ a: ['{{title}}: {{body}}', 1, null, true, { b: '{{other}} {{area}}' }] }, filling)).toEqual({
    a: ['A "red" need: {{url}}', 1, null, true, { b: '{{other}} 5001' }],
  })
})
