import { createResource, createSignal, For, type JSX, Show } from 'solid-js'
import { asciiDigits } from '../../../../hub/contract/vocabulary/text.ts'
import { type CaseFile, fetchCase, type Likely } from '../../api/cases.ts'
import { ApiError, ask } from '../../api/http.ts'
import { createPlaceNames } from '../../cases/createPlaceNames.ts'
import { useErrorText } from '../../cases/speech.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { noticeExpiry } from '../../session/account.ts'
import { SeverityBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { CompareDialog } from './CompareDialog.tsx'
import type { RunCommand } from './command.ts'
import './DuplicatesPanel.css'
import { InputField } from '../../forms/InputField.tsx'
import { mergeWords } from './mergeWords.ts'

type DuplicatesProps = { file: CaseFile; run: RunCommand; mayReveal: boolean }

/** Cases that are likely the same, and a way to compare with any other: a merge begins with looking at both. */
export function DuplicatesPanel(props: DuplicatesProps): JSX.Element {
  const t = useWords(mergeWords)
  const fault = useErrorText()
  const { format } = useLanguage()
  const one = () => props.file.case
  const places = createPlaceNames(one().district.slice(0, 2), () => new Set([one().district]))
  const [likely] = createResource(
    () => one().id,
    (id) =>
      ask('GET /api/cases/{id}/duplicates', { params: { id } })
        .then(({ likely }): readonly Likely[] => likely)
        .catch((error: unknown): readonly Likely[] => {
          noticeExpiry(error)
          return []
        }),
  )
  const [number, setNumber] = createSignal('')
  const [wrong, setWrong] = createSignal<string>()
  const [other, setOther] = createSignal<CaseFile>()
  const target = () => Number(asciiDigits(number()).replace('#', '').trim())
  const compare = async (id: number) => {
    setWrong(undefined)
    if (id === one().id) return setWrong(t('self'))
    try {
      setOther(await fetchCase(id))
    } catch (error) {
      if (!noticeExpiry(error)) setWrong(error instanceof ApiError ? fault(error) : String(error))
    }
  }
  const found = () => likely.latest ?? []
  return (
    <section class="case-panel case-duplicates" aria-labelledby="case-duplicates">
      <h2 id="case-duplicates">{found().length > 0 ? t('likely') : t('compareOther')}</h2>
      <Show when={found().length > 0}>
        <p class="case-muted">{t('likelyHint')}</p>
        <ul class="case-likely">
          <For each={found()}>
            {(each) => (
              <li data-likely={each.case}>
                <span>
                  <b>{t(`reason.${each.reason}`)}</b> · #{each.case} ·{' '}
                  {places.small(each.place) ?? places.district(each.place)}{' '}
                  <small class="case-muted">{format().time(each.reportedAt)}</small>
                </span>
                <SeverityBadge severity={each.severity} />
                <Button data-compare={each.case} onClick={() => void compare(each.case)}>
                  {t('compare')}
                </Button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <form
        class="case-find"
        onSubmit={(event) => {
          event.preventDefault()
          if (target() > 0) void compare(target())
        }}
      >
        <InputField
          label={t('number')}
          error={wrong()}
          name="other-case"
          inputmode="numeric"
          maxLength={16}
          value={number()}
          onText={setNumber}
        />
        <Button type="submit" disabled={!(target() > 0)} data-action="compare">
          {t('find')}
        </Button>
      </form>
      <Show when={other()}>
        {(file) => (
          <CompareDialog
            one={props.file}
            other={file()}
            run={props.run}
            mayReveal={props.mayReveal && file().may.includes('case.reveal')}
            close={() => setOther(undefined)}
          />
        )}
      </Show>
    </section>
  )
}
