import { createSignal, For, type JSX, Show } from 'solid-js'
import { NATION } from '../../../../hub/contract/vocabulary/areas.ts'
import { askFile } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { covers } from '../../pageKit/session.ts'
import { sessionState } from '../../session/account.ts'
import { Button } from '../../ui/Button.tsx'
import { saveFile } from '../../ui/saveFile.ts'
import './period.css'
import { periodWords } from './words.ts'

const FORMATS = ['pdf', 'csv'] as const
type Format = (typeof FORMATS)[number]

/** What of an area the account commands: all of it, or a district in it. */
function commanded(area: string): string | undefined {
  const state = sessionState()
  if (state.kind !== 'in' || !state.session.may.includes('briefing.read')) return undefined
  const { areas } = state.session
  if (covers(areas, area)) return area
  return area === NATION ? undefined : areas.find((own) => own.startsWith(area))
}

/** The briefing of an area as a file, by one tap; nothing for who does not command there. */
export function BriefingButtons(props: { area: string }): JSX.Element {
  const t = useWords(periodWords)
  const { language } = useLanguage()
  const { busy, problem, send } = createSubmit()
  const [making, setMaking] = createSignal<Format>()
  const save = (area: string, format: Format) => {
    setMaking(format)
    return send(async () => {
      const lang = language() === 'th' ? 'th' : 'en'
      saveFile(await askFile(`/api/briefing/${area}.${format}?lang=${lang}`), `jitasa-briefing-${area}.${format}`)
    })
  }
  return (
    <Show when={commanded(props.area)}>
      {(area) => (
        <div class="briefing-buttons">
          <For each={FORMATS}>
            {(format) => (
              <Button busy={busy() && making() === format} disabled={busy()} onClick={() => void save(area(), format)}>
                {t(`briefing.${format}`)}
              </Button>
            )}
          </For>
          <ProblemNote text={problem()?.text} />
        </div>
      )}
    </Show>
  )
}
