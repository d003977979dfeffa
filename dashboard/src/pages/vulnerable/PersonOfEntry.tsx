import { createResource, For, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { type Answer, ask } from '../../api/http.ts'
import { useErrorText } from '../../cases/speech.ts'
import { useWords } from '../../i18n/language.tsx'
import { noticeExpiry } from '../../session/account.ts'
import { vulnerableWords } from './words.ts'

type Person = Answer<'POST /api/vulnerable/{id}/reveal'>
type Found = { readonly person: Person } | { readonly error: unknown }

/** Personal data, held by this component alone: gone when it is closed, or when nobody looks at the tab. */
export function PersonOfEntry(props: { id: number }): JSX.Element {
  const t = useWords(vulnerableWords)
  const fault = useErrorText()
  const [found, { mutate }] = createResource(
    () => props.id,
    async (id): Promise<Found> => {
      try {
        return { person: await ask('POST /api/vulnerable/{id}/reveal', { params: { id } }) }
      } catch (error) {
        noticeExpiry(error)
        return { error }
      }
    },
  )
  const hide = () => {
    if (document.visibilityState === 'hidden') mutate(undefined)
  }
  onMount(() => document.addEventListener('visibilitychange', hide))
  onCleanup(() => document.removeEventListener('visibilitychange', hide))
  const person = () => {
    const answer = found()
    return answer && 'person' in answer ? answer.person : undefined
  }
  const failure = () => {
    const answer = found()
    return answer && 'error' in answer ? fault(answer.error) : undefined
  }
  const facts = (of: Person) =>
    (
      [
        [t('name'), of.name],
        [t('phone'), [of.phone, of.secondPhone].filter(Boolean).join(', ')],
        [t('address'), of.address],
        [t('notes'), of.notes],
      ] as const
    ).filter(([, value]) => value)
  return (
    <div data-revealed={person() ? 'yes' : 'no'}>
      <Show when={failure()}>{(text) => <p role="alert">{text()}</p>}</Show>
      <Show when={person()}>
        {(of) => (
          <Show when={facts(of()).length > 0} fallback={<p>{t('nothing')}</p>}>
            <dl class="care-facts">
              <For each={facts(of())}>
                {([name, value]) => (
                  <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                )}
              </For>
            </dl>
          </Show>
        )}
      </Show>
      <p class="desk-muted">{t('revealHint')}</p>
    </div>
  )
}
