import { For, type JSX, Show } from 'solid-js'
import { ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { useWords } from '../../i18n/language.tsx'
import { createHubNow } from '../../live/hubClock.ts'
import { useDesk } from '../../pageKit/DeskPage.tsx'
import { AskForm } from './AskForm.tsx'
import { ResourceCard } from './ResourceCard.tsx'
import './resources.css'
import { resourceWords } from './words.ts'

const LOOK_EVERY_MS = 60_000
const SHOWN = 20

/** What a facility asks for, and what became of it. */
export function FacilityResources(props: { facility: string; name: string }): JSX.Element {
  const t = useWords(resourceWords)
  const session = useDesk()
  const now = createHubNow(LOOK_EVERY_MS)
  const [loaded, again] = createLoaded(
    () => props.facility,
    (facility) => ask('GET /api/resources', { query: { facility, limit: SHOWN } }),
  )
  const requests = () => {
    const answer = loaded()
    return answer.kind === 'there' ? answer.value.resources : []
  }
  const rights = { claim: false, supervises: false, close: session.may.includes('resource.close') }
  return (
    <section class="desk-card">
      <h2>{t('ask.open')}</h2>
      <AskForm for={{ facility: props.facility }} done={again} />
      <h3>{t('ofFacility')}</h3>
      <Show when={requests().length > 0} fallback={<p class="desk-muted">{t('none')}</p>}>
        <div class="resource-cards">
          <For each={requests()}>
            {(one) => (
              <ResourceCard
                one={one}
                whom={props.name}
                now={now()}
                me={session.account.key}
                may={rights}
                changed={again}
              />
            )}
          </For>
        </div>
      </Show>
    </section>
  )
}
