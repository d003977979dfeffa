import { createSignal, For, type JSX, Show } from 'solid-js'
import { NEED_KINDS } from '../../../../hub/contract/vocabulary/needs.ts'
import { RISKS_608, SYMPTOMS } from '../../../../hub/contract/vocabulary/people.ts'
import { type DataCopy, fetchCopy } from '../../api/myData.ts'
import { deviceNow } from '../../clock.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { caseWords } from '../../i18n/caseWords.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { areaNames } from '../../places/areas.ts'
import { Button } from '../../ui/Button.tsx'
import { saveFile } from '../../ui/saveFile.ts'
import { myDataWords } from './myDataWords.ts'
import { statusWords } from './statusWords.ts'

/** Everything that is kept about somebody: to read, to print, or as a file for a machine. */
export function DataCopyView(props: { code: string; proof: string; onOver(): void }): JSX.Element {
  const t = useWords(myDataWords)
  const { language } = useLanguage()
  const [copy, setCopy] = createSignal<DataCopy>()
  const { busy, problem, send } = createSubmit()
  const show = async () => {
    await send(async () => void setCopy(await fetchCopy(props.code, language(), props.proof)))
    if (problem()?.code === 'phone_unproven') props.onOver()
  }
  const save = (held: DataCopy) =>
    saveFile(new Blob([JSON.stringify(held, null, 2)], { type: 'application/json' }), 'jitasa-my-data.json')
  return (
    <section class="my-data-copy">
      <h3>{t('copy')}</h3>
      <p>{t('copyText')}</p>
      <ProblemNote text={problem()?.text} />
      <Show
        when={copy()}
        fallback={
          <Button busy={busy()} onClick={() => void show()}>
            {t('copyShow')}
          </Button>
        }
      >
        {(held) => (
          <>
            <div class="form-actions">
              <Button onClick={() => save(held())}>{t('copySave')}</Button>
              <Button onClick={() => window.print()}>{t('copyPrint')}</Button>
            </div>
            <Printed copy={held()} />
          </>
        )}
      </Show>
    </section>
  )
}

function Printed(props: { copy: DataCopy }): JSX.Element {
  const t = useWords(myDataWords)
  const tStatus = useWords(statusWords)
  const { format } = useLanguage()
  const when = (at: number) => format().moment(at, deviceNow())
  return (
    <div class="my-data-printed">
      <For each={props.copy.cases}>{(one) => <CaseLines one={one} />}</For>
      <Lines
        title={t('record.said')}
        lines={props.copy.notes.map(({ at, number, note }) => [when(at), number, note].filter(Boolean).join(' · '))}
      />
      <Lines
        title={t('record.opened')}
        lines={props.copy.opened.map(({ by, times }) => `${tStatus(`openers.${by}`)}: ${tStatus('times', times)}`)}
      />
    </div>
  )
}

function CaseLines(props: { one: DataCopy['cases'][number] }): JSX.Element {
  const t = useWords(myDataWords)
  const tCase = useWords(caseWords)
  const { language, format } = useLanguage()
  const when = (at: number) => format().moment(at, deviceNow())
  const [names] = createLoaded(
    () => props.one.place ?? props.one.district,
    (code) => areaNames(code, language()),
  )
  const place = () => {
    const found = names()
    return found.kind === 'there' ? found.value.join(', ') : (props.one.place ?? props.one.district)
  }
  const word = (code: string): string => {
    const symptom = SYMPTOMS.find((known) => known === code)
    const risk = RISKS_608.find((known) => known === code)
    return symptom ? tCase(`symptom.${symptom}`) : risk ? tCase(`risk.${risk}`) : code
  }
  const facts = (): readonly (readonly [string, string | null])[] => {
    const { person, lat, lon, address, notes } = props.one
    return [
      [t('record.asked'), when(props.one.reportedAt)],
      [t('name'), person.name],
      [t('number'), person.phone],
      [t('secondPhone'), person.secondPhone],
      [t('record.paper'), [person.idKind, person.idNumber].filter(Boolean).join(' ') || null],
      [t('record.nationality'), person.nationality],
      [t('record.born'), [person.birthMonth, person.birthYear].filter((part) => part !== null).join('/') || null],
      [t('record.sex'), person.sex],
      [t('record.place'), place()],
      [t('record.pin'), lat === null ? null : `${lat}, ${lon}`],
      [t('address'), address],
      [t('record.notes'), notes],
    ]
  }
  return (
    <>
      <dl class="my-data-facts">
        <For each={facts().filter(([, value]) => value !== null)}>
          {([name, value]) => (
            <div>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          )}
        </For>
      </dl>
      <Lines
        title={t('record.needs')}
        lines={props.one.needs.map(
          ({ kind, openedAt }) =>
            `${tCase(`need.${NEED_KINDS.find((known) => known === kind) ?? kind}`)} · ${when(openedAt)}`,
        )}
      />
      <Lines
        title={t('record.condition')}
        lines={[
          ...props.one.conditions.map(({ at, symptoms, risks, spo2 }) =>
            [when(at), ...[...symptoms, ...risks].map(word), spo2 === null ? '' : `SpO₂ ${spo2} %`]
              .filter(Boolean)
              .join(' · '),
          ),
          ...props.one.checks.map(({ at, spo2, temperature }) =>
            [when(at), spo2 === null ? '' : `SpO₂ ${spo2} %`, temperature === null ? '' : `${temperature} °C`]
              .filter(Boolean)
              .join(' · '),
          ),
        ]}
      />
      <Lines title={t('record.contacts')} lines={props.one.contacts.map(({ at, by }) => `${when(at)} · ${by}`)} />
    </>
  )
}

function Lines(props: { title: string; lines: readonly string[] }): JSX.Element {
  const t = useWords(myDataWords)
  return (
    <>
      <h4>{props.title}</h4>
      <ul>
        <For each={props.lines} fallback={<li>{t('record.nothing')}</li>}>
          {(line) => <li>{line}</li>}
        </For>
      </ul>
    </>
  )
}
