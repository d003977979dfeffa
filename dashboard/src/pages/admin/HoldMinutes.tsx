import type { JSX } from 'solid-js'
import { FACILITY_KIND_WORDS } from '../../../../hub/contract/vocabulary/facility-words.ts'
import { type Answer, ask } from '../../api/http.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { toast } from '../../ui/Toast.tsx'
import { CountForm } from './CountForm.tsx'
import { CountList } from './CountList.tsx'
import { adminWords } from './words.ts'

type Held = Answer<'GET /api/hold-minutes'>['kinds'][number]

/** How long a bed is held for somebody who is not on the road yet, by kind of facility. */
export function HoldMinutes(): JSX.Element {
  const t = useWords(adminWords)
  const { language } = useLanguage()
  const name = ({ kind }: Held) => FACILITY_KIND_WORDS[language() === 'th' ? 'th' : 'en'][kind]
  const load = async () => (await ask('GET /api/hold-minutes')).kinds
  return (
    <CountList id="hold-minutes" title={t('holds.title')} text={t('holds.text')} load={load}>
      {(row) => (
        <CountForm
          name={`hold.${row.kind}`}
          title={name(row)}
          label={t('holds.minutes')}
          value={row.minutes}
          noNumber={t('holds.noNumber')}
          save={async (minutes) => {
            await ask('PUT /api/hold-minutes', { body: { kind: row.kind, minutes } })
            toast(t('holds.wasSet', name(row)), 'good')
          }}
        />
      )}
    </CountList>
  )
}
