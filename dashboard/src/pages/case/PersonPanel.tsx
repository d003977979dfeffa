import { createEffect, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { type Person, revealPerson } from '../../api/cases.ts'
import { createBirthText } from '../../cases/createBirthText.ts'
import { useErrorText } from '../../cases/speech.ts'
import { toastFault } from '../../cases/toastFault.ts'
import { screenNow } from '../../clock.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { personWords } from '../../i18n/personWords.ts'
import { noticeExpiry } from '../../session/account.ts'
import { Button } from '../../ui/Button.tsx'
import { ContactNotes } from './ContactNotes.tsx'
import { MergedPeople } from './MergedPeople.tsx'
import { PhoneLink } from './PhoneLink.tsx'
import { casePageWords } from './words.ts'

/** A call takes a while; the lease of the case ends the sight of it all the same. */
const CALL_MS_MAX = 15 * 60_000

/**
 * Personal data, shown on request alone and held nowhere but in this component: gone when the claim ends, when the
 * page is left, and when nobody looks at the tab. Whoever leaves the tab to call the number finds it again on return.
 */
export function PersonPanel(props: { caseId: number; may: boolean; heardAt: number | null }): JSX.Element {
  const t = useWords(casePageWords)
  const words = useWords(personWords)
  const fault = useErrorText()
  const { language } = useLanguage()
  const [person, setPerson] = createSignal<Person>()
  const [shownWith, setShownWith] = createSignal<number | null>(null)
  const [away, setAway] = createSignal(false)
  const [busy, during] = createBusy()
  let callUntil = 0
  const hide = () => {
    callUntil = 0
    setPerson(undefined)
  }
  createEffect(() => {
    if (!props.may) hide()
  })
  onMount(() => {
    const look = () => {
      const hidden = document.visibilityState === 'hidden'
      if (screenNow() >= callUntil) hide()
      setAway(hidden)
      if (!hidden) callUntil = 0
    }
    document.addEventListener('visibilitychange', look)
    onCleanup(() => {
      document.removeEventListener('visibilitychange', look)
      hide()
    })
  })
  const reveal = async () => {
    const heardAt = props.heardAt
    try {
      const found = await during(() => revealPerson(props.caseId))
      if (props.may) setPerson(found)
      setShownWith(heardAt)
    } catch (error) {
      if (!noticeExpiry(error)) toastFault(error, fault(error))
    }
  }
  const calls = () => {
    callUntil = screenNow() + CALL_MS_MAX
  }
  const shown = () => (props.may && !away() ? person() : undefined)
  /** A code of ISO 3166 or 639 by its name; anything else as it was written. */
  const named = (type: 'region' | 'language', code: string | null) => {
    if (code === null || !/^[A-Za-z]{2}$/.test(code)) return code
    return new Intl.DisplayNames(language(), { type }).of(type === 'region' ? code.toUpperCase() : code) ?? code
  }
  const idKind = (code: string | null) => (isWord(personWords.en.idKind, code) ? words(`idKind.${code}`) : code)
  const sex = (code: string | null) => (isWord(personWords.en.sexName, code) ? words(`sexName.${code}`) : code)
  const birthText = createBirthText()
  const facts = (found: Person) =>
    [
      [t('name'), found.name],
      [t('idNumber'), [idKind(found.idKind), found.idNumber].filter(Boolean).join(' ')],
      [t('birthYear'), birthText(found)],
      [words('sex'), sex(found.sex)],
      [words('nationality'), named('region', found.nationality)],
      [t('language'), named('language', found.language)],
      [t('address'), found.address],
      [t('notes'), found.notes],
    ].filter(([, value]) => value !== null && value !== '')
  return (
    <section class="case-panel case-person" aria-labelledby="case-person" data-revealed={shown() ? 'yes' : 'no'}>
      <h2 id="case-person">{t('person')}</h2>
      <Show when={props.may} fallback={<p class="case-muted">{t('hidden')}</p>}>
        <Show
          when={shown()}
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
                <Show when={mapPoint(found())} fallback={<AddressOnMap address={found().address} />}>
                  {(point) => (
                    <div>
                      <dt>{t('map')}</dt>
                      <dd>
                        <a class="button" href={`geo:${point()}?q=${point()}`} data-action="map">
                          {words('openMap')}
                        </a>{' '}
                        {point()}
                      </dd>
                    </div>
                  )}
                </Show>
                <PhoneLink name={t('phone')} phone={found().phone} primary onCall={calls} />
                <PhoneLink name={words('secondPhone')} phone={found().secondPhone} onCall={calls} />
              </dl>
              <ContactNotes notes={found().contactNotes} />
              <MergedPeople people={found().merged} onCall={calls} />
              <Button onClick={hide}>{t('hide')}</Button>
            </>
          )}
        </Show>
      </Show>
    </section>
  )
}

function isWord<T extends object>(words: T, code: string | null): code is string & keyof T {
  return code !== null && Object.hasOwn(words, code)
}

/** The way to an address that was typed, where nobody set a pin: the device's own map looks for it. */
function AddressOnMap(props: { address: string | null }): JSX.Element {
  const t = useWords(casePageWords)
  const words = useWords(personWords)
  return (
    <Show when={props.address}>
      {(address) => (
        <div>
          <dt>{t('map')}</dt>
          <dd>
            <a class="button" href={`geo:0,0?q=${encodeURIComponent(address())}`} data-action="map">
              {words('openMap')}
            </a>
          </dd>
        </div>
      )}
    </Show>
  )
}

/** For the device's own map: no map service on the network is told where somebody lives. */
function mapPoint({ lat, lon }: Person): string | undefined {
  return lat === null || lon === null ? undefined : `${lat},${lon}`
}
