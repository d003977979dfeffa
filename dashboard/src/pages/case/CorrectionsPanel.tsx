import { For, type JSX, Show } from 'solid-js'
import type { CaseFile } from '../../api/cases.ts'
import { CorrectionDeeds } from '../../corrections/CorrectionDeeds.tsx'
import '../../corrections/corrections.css'
import { correctionWords } from '../../corrections/words.ts'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { Badge } from '../../ui/Badge.tsx'

/** What the person of the case has asked to have put right, and nobody has closed yet. */
export function CorrectionsPanel(props: { file: CaseFile; reload(): void }): JSX.Element {
  const t = useWords(correctionWords)
  const { format } = useLanguage()
  return (
    <section class="case-panel" aria-labelledby="case-corrections">
      <h2 id="case-corrections">{t('panel')}</h2>
      <ul class="case-log">
        <For each={props.file.corrections}>
          {(one) => (
            <li data-correction={one.id}>
              {t('asked', format().moment(one.askedAt, hubNow()), format().day(bangkokDay(one.dueAt)))}{' '}
              <Show when={one.late}>
                <Badge tone="alarm">{t('late')}</Badge>
              </Show>
              <Show when={props.file.may.includes('case.correct')}>
                <CorrectionDeeds correction={one} onChange={props.reload} />
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
