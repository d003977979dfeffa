import { expect, test } from 'vitest'
import { indicatorsDocument } from './document.ts'

test('docs/indicators.md says what the dictionary says', async () => {
  await expect(indicatorsDocument()).toMatchFileSnapshot('../../../docs/indicators.md')
})
