import { createSignal, For, type JSX, onCleanup, Show } from 'solid-js'
import { LIVE_NEED_STATES } from '../../../../hub/contract/vocabulary/needs.ts'
import { type CaseFile, type Person, revealPerson } from '../../api/cases.ts'
import { ask } from '../../api/http.ts'
import { createPlaceNames } from '../../cases/createPlaceNames.ts'
import { useErrorText } from '../../cases/speech.ts'
import { toastFault } from '../../cases/toastFault.ts'
import { createBusyWith } from '../../forms/createBusy.ts'
import { caseWords } from '../../i18n/caseWords.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { noticeExpiry } from '../../session/account.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import type { RunCommand } from './command.ts'
import { mergeWords } from './mergeWords.ts'
import { casePageWords } from './words.ts'

type CompareProps = { one: CaseFile; other: CaseFile; run: RunCommand; mayReveal: boolean; close(): void }

const ENDED: readonly string[] = ['closed', 'duplicate', 'invalid']
const LIVE: readonly string[] = LIVE_NEED_STATES

/** Two cases side by side, and which of them stays. Who they are is shown on request alone, and forgotten on closing. */
export function CompareDialog(props: CompareProps): JSX.Element {
  const t = useWords(mergeWords)
  const words = useWords(casePageWords)
  const common = useWords(commonWords)
  const names = useWords(caseWords)
  const fault = useErrorText()
  const { format } = useLanguage()
  const both = () => [props.one, props.other] as const
  const places = createPlaceNames(
    props.one.case.district.slice(0, 2),
    () => new Set(both().map((file) => file.case.district)),
  )
  const [people, setPeople] = createSignal<readonly Person[]>()
  const [busy, during] = createBusyWith<'who' | 'this' | 'other'>()
  onCleanup(() => setPeople(undefined))
  const time = (at: number | null) => (at === null ? '–' : format().time(at))
  const needs = (file: CaseFile) =>
    file.needs
      .filter(({ status }) => LIVE.includes(status))
      .map(({ kind, holder }) => names(`need.${kind}`) + (holder === null ? '' : ` (${holder})`))
      .join(', ') || t('none')
  const facts: readonly (readonly [() => string, (file: CaseFile) => string])[] = [
    [() => words('reported'), (file) => time(file.case.reportedAt)],
    [
      () => words('where'),
      ({ case: { place } }) => [places.small(place), places.district(place)].filter(Boolean).join(' · '),
    ],
    [() => words('triage'), (file) => common(`severity.${file.case.severity}`)],
    [() => words('place'), (file) => words(`carePlace.${file.case.carePlace}`)],
    [() => words('stageIs'), (file) => words(`stage.${file.case.stage as 'reported'}`)],
    [() => words('needs'), needs],
    [() => words('contacts'), (file) => time(file.case.contactedAt)],
  ]
  const who: readonly (readonly [() => string, (person: Person) => string])[] = [
    [() => t('name'), ({ name }) => name ?? '–'],
    [() => t('phone'), ({ phone }) => phone ?? '–'],
    [() => t('idNumber'), ({ idNumber }) => idNumber ?? '–'],
    [() => t('address'), ({ address }) => address ?? '–'],
  ]
  const reveal = async () => {
    try {
      setPeople(await during('who', () => Promise.all(both().map((file) => revealPerson(file.case.id)))))
    } catch (error) {
      if (!noticeExpiry(error)) toastFault(error, fault(error))
    }
  }
  const merge = async (stays: 'this' | 'other') => {
    const [from, into] = stays === 'other' ? [props.one, props.other] : [props.other, props.one]
    const [gone, kept] = [from.case.id, into.case.id]
    const undo = { text: t('merged', String(gone), String(kept)), caseId: gone }
    const send = (key: string) => ask('POST /api/cases/{id}/merge', { params: { id: gone }, body: { into: kept }, key })
    if (await during(stays, () => props.run(send, undo))) props.close()
  }
  const ended = () => ENDED.includes(props.other.case.stage)
  const mayMerge = () => both().every((file) => file.may.includes('case.merge')) && !ended()
  return (
    <Dialog
      open
      onOpenChange={() => props.close()}
      title={t('side')}
      description={ended() ? t('ended') : t('hint')}
      actions={
        <Show when={mayMerge()}>
          <Button busy={busy() === 'other'} data-stays="other" onClick={() => void merge('other')}>
            {t('stays', String(props.other.case.id))}
          </Button>
          <Button kind="primary" busy={busy() === 'this'} data-stays="this" onClick={() => void merge('this')}>
            {t('stays', String(props.one.case.id))}
          </Button>
        </Show>
      }
    >
      <table class="case-compare">
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">{t('fact')}</span>
            </th>
            <th scope="col">{t('thisCase', String(props.one.case.id))}</th>
            <th scope="col">{t('otherCase', String(props.other.case.id))}</th>
          </tr>
        </thead>
        <tbody>
          <For each={facts}>
            {([name, value]) => (
              <tr data-differs={value(props.one) === value(props.other) ? 'no' : 'yes'}>
                <th scope="row">{name()}</th>
                <For each={both()}>{(file) => <td>{value(file)}</td>}</For>
              </tr>
            )}
          </For>
          <Show when={people()}>
            {(known) => (
              <For each={who}>
                {([name, value]) => (
                  <tr>
                    <th scope="row">{name()}</th>
                    <For each={known()}>{(person) => <td>{value(person)}</td>}</For>
                  </tr>
                )}
              </For>
            )}
          </Show>
        </tbody>
      </table>
      <Show when={props.mayReveal && !people()}>
        <div class="case-form">
          <p class="case-muted">{t('whoHint')}</p>
          <Button busy={busy() === 'who'} data-action="reveal-both" onClick={() => void reveal()}>
            {t('who')}
          </Button>
        </div>
      </Show>
    </Dialog>
  )
}
