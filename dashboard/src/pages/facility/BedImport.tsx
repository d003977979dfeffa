import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { BED_STATES } from '../../../../hub/contract/vocabulary/beds.ts'
import { base64Of } from '../../api/base64.ts'
import { type Answer, ask } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { InputField, TextAreaField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { facilityWords } from './words.ts'

type Plan = Answer<'POST /api/beds/import'>
type Item = Plan['items'][number]

/** What fits into a request in base64. */
const BYTES_MAX = 700_000

/** Beds of many levels and facilities: a file or copied cells, looked at row by row, then reported, all of it or nothing. */
export function BedImport(): JSX.Element {
  const t = useWords(facilityWords)
  const { language, format } = useLanguage()
  const [file, setFile] = createSignal<string>()
  const [pasted, setPasted] = createSignal('')
  const [plan, setPlan] = createSignal<Plan>()
  const [accepted, setAccepted] = createSignal(false)
  const [tooLarge, setTooLarge] = createSignal(false)
  const submit = createSubmit()
  const number = (n: number) => format().number(n)

  async function send(read: string, apply?: string): Promise<void> {
    const body = {
      file: read,
      acceptImplausible: accepted(),
      language: language() === 'th' ? 'th' : 'en',
      ...(apply !== undefined && { apply }),
    } as const
    setPlan(await ask('POST /api/beds/import', { key: newKey(), body }))
  }
  async function choose(what: Blob | undefined): Promise<void> {
    setPlan(undefined)
    setFile(undefined)
    submit.forget()
    setTooLarge(what !== undefined && what.size > BYTES_MAX)
    if (what === undefined || what.size === 0 || what.size > BYTES_MAX) return
    await submit.send(async () => {
      const read = await base64Of(what)
      setFile(read)
      await send(read)
    })
  }
  const again = (apply?: string) => {
    const read = file()
    if (read !== undefined) void submit.send(() => send(read, apply))
  }
  const changed = ({ before, counts }: Item) =>
    BED_STATES.flatMap((state) =>
      before?.[state] === counts[state]
        ? []
        : [`${t(`state.${state}`)} ${before ? `${number(before[state])} → ` : ''}${number(counts[state])}`],
    )

  return (
    <details class="desk-card sheet" data-import="beds">
      <summary>{t('import.title')}</summary>
      <div class="sheet-body">
        <p class="desk-muted">{t('import.lead')}</p>
        <InputField
          label={t('import.choose')}
          error={tooLarge() ? t('import.tooLarge') : undefined}
          type="file"
          name="bed-file"
          accept=".csv,.tsv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          disabled={submit.busy()}
          onChange={({ currentTarget }) => void choose(currentTarget.files?.[0])}
        />
        <TextAreaField label={t('sheet.paste')} rows={4} spellcheck={false} value={pasted()} onText={setPasted} />
        <Show when={pasted().trim()}>
          <Button busy={submit.busy()} onClick={() => void choose(new Blob([pasted()]))} data-action="look-at-pasted">
            {t('import.look')}
          </Button>
        </Show>
        <label class="desk-check">
          <input
            type="checkbox"
            name="acceptImplausible"
            checked={accepted()}
            onChange={({ currentTarget }) => {
              setAccepted(currentTarget.checked)
              again()
            }}
          />
          {t('import.accept')}
        </label>
        <ProblemNote text={submit.problem()?.text} />
        <Show when={plan()}>
          {(looked) => (
            <Switch
              fallback={
                <>
                  <p role="status">{t('import.would', number(looked().levels), number(looked().facilities))}</p>
                  <section class="sheet-lines" tabindex="0" aria-label={t('import.title')}>
                    <ol>
                      <For each={looked().items}>
                        {(item) => (
                          <li>
                            <b>{t('import.line', number(item.line))}</b>{' '}
                            {language() === 'th' ? item.nameTh : item.nameEn} · {t('level', item.level)}:{' '}
                            {changed(item).join(', ') || t('import.same')}
                          </li>
                        )}
                      </For>
                    </ol>
                  </section>
                  <Show when={looked().levels > looked().items.length}>
                    <p class="desk-muted">{t('import.more')}</p>
                  </Show>
                  <Button
                    kind="primary"
                    busy={submit.busy()}
                    onClick={() => again(looked().plan)}
                    data-action="apply-beds"
                  >
                    {t('import.apply')}
                  </Button>
                </>
              }
            >
              <Match when={looked().written}>
                <p class="desk-done" role="status">
                  {t('import.done', number(looked().levels), number(looked().facilities))}
                </p>
              </Match>
              <Match when={looked().bad > 0}>
                <div role="alert">
                  <p class="desk-problem">{t('import.bad', number(looked().bad))}</p>
                  <section class="sheet-lines" tabindex="0" aria-label={t('import.title')}>
                    <ol>
                      <For each={looked().errors}>
                        {({ line, message }) => (
                          <li>
                            <b>{t('import.line', number(line))}</b> {message}
                          </li>
                        )}
                      </For>
                    </ol>
                  </section>
                </div>
              </Match>
            </Switch>
          )}
        </Show>
      </div>
    </details>
  )
}
