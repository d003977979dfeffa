import { createEffect, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { type Person, revealPerson } from '../../api/cases.ts'
import { useFault } from '../../cases/speech.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { noticeExpiry } from '../../session/account.ts'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import { casePageWords } from './words.ts'

/**
 * Personal data, shown on request alone and held nowhere but in this component: gone when the claim ends, when the
 * page is left, and when nobody looks at the tab.
 */
export function PersonPanel(props: { caseId: number; may: boolean; heardAt: number | null }): JSX.Element {
  const t = useWords(casePageWords)
  const fault = useFault()
  const { format } = useLanguage()
  const [person, setPerson] = createSignal<Person>()
  const [shownWith, setShownWith] = createSignal<number | null>(null)
  const [busy, setBusy] = createSignal(false)
  const hide = () => setPerson(undefined)
  createEffect(() => {
    if (!props.may) hide()
  })
  onMount(() => {
    const look = () => document.visibilityState === 'hidden' && hide()
    document.addEventListener('visibilitychange', look)
    onCleanup(() => {
      document.removeEventListener('visibilitychange', look)
      hide()
    })
  })
  const reveal = async () => {
    setBusy(true)
    const heardAt = props.heardAt
    try {
      const found = await revealPerson(props.caseId)
      if (props.may) setPerson(found)
      setShownWith(heardAt)
    } catch (error) {
      if (!noticeExpiry(error)) toast(fault(error), 'alarm')
    } finally {
      setBusy(false)
    }
  }
  const facts = (found: Person) =>
    [
      [t('name'), found.name],
      [t('idNumber'), [found.idKind, found.idNumber].filter(Boolean).join(' ')],
      [t('birthYear'), found.birthYear],
      [t('language'), found.language],
      [t('address'), found.address],
      [t('map'), found.lat === null ? null : `${found.lat}, ${found.lon}`],
      [t('notes'), found.notes],
    ].filter(([, value]) => value !== null && value !== '')
  return (
    <section class="case-panel case-person" aria-labelledby="case-person" data-revealed={person() ? 'yes' : 'no'}>
      <h2 id="case-person">{t('person')}</h2>
      <Show when={props.may} fallback={<p class="case-muted">{t('hidden')}</p>}>
        <Show
          when={person()}
          fallback={
            <>
              <p class="case-muted">{t('personHint')}</p>
              <Button busy={busy()} onClick={() => void reveal()} data-action="reveal">
                {t('reveal')}
              </Button>
            </>
          }
        >
          {(found) => (
            <>
              <Show when={props.heardAt !== shownWith()}>
                <p role="status">{t('saidMore')}</p>
                <Button busy={busy()} onClick={() => void reveal()}>
                  {t('revealAgain')}
                </Button>
              </Show>
              <dl class="case-person-facts">
                <For each={facts(found())}>
                  {([name, value]) => (
                    <div>
                      <dt>{name}</dt>
                      <dd>{value}</dd>
                    </div>
                  )}
                </For>
                <Show when={found().phone}>
                  {(phone) => (
                    <div>
                      <dt>{t('phone')}</dt>
                      <dd>
                        <a class="button button-primary" href={`tel:${phone()}`}>
                          {t('call')} {phone()}
                        </a>
                      </dd>
                    </div>
                  )}
                </Show>
              </dl>
              <For each={found().contactNotes}>
                {(note) => (
                  <p>
                    <small class="case-muted">
                      {format().time(note.at)} · {note.by}
                    </small>{' '}
                    {note.note}
                  </p>
                )}
              </For>
              <Button onClick={hide}>{t('hide')}</Button>
            </>
          )}
        </Show>
      </Show>
    </section>
  )
}
