import { For, type JSX } from 'solid-js'
import type { PersonOfCase } from '../../api/cases.ts'
import { createBirthText } from '../../cases/createBirthText.ts'
import { workWords } from '../../cases/words.ts'
import { useWords } from '../../i18n/language.tsx'
import { personWords } from '../../i18n/personWords.ts'
import { ContactNotes } from './ContactNotes.tsx'
import { PhoneLink } from './PhoneLink.tsx'
import { casePageWords } from './words.ts'

/** What the cases that were merged into this one hold of the same person, by case: a part of a reveal, gone with it. */
export function MergedPeople(props: { people: readonly PersonOfCase[]; onCall(): void }): JSX.Element {
  const t = useWords(casePageWords)
  const words = useWords(workWords)
  const about = useWords(personWords)
  const birthText = createBirthText()
  const facts = (person: PersonOfCase) =>
    (
      [
        [t('name'), person.name],
        [t('idNumber'), person.idNumber],
        [t('birthYear'), birthText(person)],
        [t('address'), person.address],
        [t('notes'), person.notes],
      ] as const
    ).filter(([, value]) => value !== null && value !== '')
  return (
    <For each={props.people}>
      {(person) => (
        <section data-merged={person.id}>
          <h3>{t('fromMerged', words('caseNo', String(person.id)))}</h3>
          <dl class="case-person-facts">
            <For each={facts(person)}>
              {([name, value]) => (
                <div>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              )}
            </For>
            <PhoneLink name={t('phone')} phone={person.phone} onCall={() => props.onCall()} />
            <PhoneLink name={about('secondPhone')} phone={person.secondPhone} onCall={() => props.onCall()} />
          </dl>
          <ContactNotes notes={person.contactNotes} />
        </section>
      )}
    </For>
  )
}
