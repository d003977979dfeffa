import { expect, test } from 'vitest'
import { referencePage } from './reference-page.ts'

const document = {
  info: { title: 'Hub', version: '1', description: 'What <b>it</b> does.' },
  paths: {
    '/api/areas': {
      get: {
        tags: ['areas'],
        summary: 'Areas & names',
        'x-action': 'public',
        parameters: [{ name: 'parent', in: 'query', schema: { type: 'string', pattern: '^<' } }],
        responses: {
          200: {
            description: 'By code',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Area' } } },
          },
        },
      },
      post: { tags: ['areas'], 'x-action': 'areas.manage', responses: { 204: { description: 'Done' } } },
    },
  },
  components: { schemas: { Area: { type: 'object' } } },
}

test('every operation, parameter and schema is there; nothing is fetched, run or unescaped', () => {
  const page = referencePage(document)
  expect(page).toContain('href="#get-api-areas"')
  expect(page).toContain('id="post-api-areas"')
  expect(page).toContain('needs areas.manage')
  expect(page).toContain('<a href="#schema-Area">Area</a>')
  expect(page).toContain('id="schema-Area"')
  expect(page).toContain('Areas &#38; names')
  expect(page).not.toContain('<b>it</b>')
  expect(page).not.toMatch(/<script|https?:\/\/|@import|src=/)
})
