import type { JSX } from 'solid-js'
import { ask } from '../../api/http.ts'
import { useWords } from '../../i18n/language.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { toast } from '../../ui/Toast.tsx'
import { CountForm } from './CountForm.tsx'
import { CountList } from './CountList.tsx'
import { adminWords } from './words.ts'

/** How many people's data an account of a role may open in an hour. */
export function RevealBudgets(): JSX.Element {
  const t = useWords(adminWords)
  const desk = useWords(deskWords)
  const load = async () => (await ask('GET /api/reveal-budgets')).roles
  return (
    <CountList id="reveal-budgets" title={t('reveals.title')} text={t('reveals.text')} load={load}>
      {({ role, perHour: value }) => (
        <CountForm
          name={`reveals.${role}`}
          title={desk(`role.${role}`)}
          label={t('reveals.perHour')}
          value={value}
          noNumber={t('reveals.noNumber')}
          save={async (perHour) => {
            await ask('PUT /api/reveal-budgets', { body: { role, perHour } })
            toast(t('reveals.wasSet', desk(`role.${role}`)), 'good')
          }}
        />
      )}
    </CountList>
  )
}
