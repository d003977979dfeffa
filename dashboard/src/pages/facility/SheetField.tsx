import { createSignal, For, type JSX, Show } from 'solid-js'
import { InputField, TextAreaField } from '../../forms/InputField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import type { Sheet } from './sheet.ts'
import { facilityWords } from './words.ts'

type SheetFieldProps<T> = {
  hint: string
  read(text: string): Sheet<T>
  /** what is done with rows that are all right */
  action(values: readonly T[]): JSX.Element
}

/** Pasted cells or a file, shown row by row with what is wrong before anything is sent. */
export function SheetField<T>(props: SheetFieldProps<T>): JSX.Element {
  const t = useWords(facilityWords)
  const { format } = useLanguage()
  const [text, setText] = createSignal('')
  const sheet = () => (text().trim() === '' ? undefined : props.read(text()))
  const rows = () => {
    const read = sheet()
    return read?.ok ? read.rows : []
  }
  const values = () => rows().flatMap((row) => (row.ok ? [row.value] : []))
  const broken = () => {
    const read = sheet()
    return read && !read.ok ? `${t(`sheet.error.${read.error}`)} ${read.columns.join(', ')}` : undefined
  }
  const columns = () => {
    const read = sheet()
    return read?.ok ? read.columns : []
  }
  const take = async (file: File | undefined) => {
    if (file) setText(await file.text())
  }
  return (
    <details class="sheet">
      <summary>{t('sheet.title')}</summary>
      <p class="desk-muted">{props.hint}</p>
      <InputField
        label={t('sheet.file')}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        onChange={({ currentTarget }) => void take(currentTarget.files?.[0])}
      />
      <TextAreaField
        label={t('sheet.paste')}
        error={broken()}
        rows={5}
        spellcheck={false}
        value={text()}
        onText={setText}
      />
      <Show when={rows().length > 0}>
        <p role="status">
          {t('sheet.good', format().number(values().length), format().number(rows().length))}
          <Show when={values().length < rows().length}> {t('sheet.wrong')}</Show>
        </p>
        <div class="desk-scroll sheet-rows">
          <table class="desk-table">
            <thead>
              <tr>
                <th scope="col">{t('sheet.line')}</th>
                <For each={columns()}>{(column) => <th scope="col">{column}</th>}</For>
                <th scope="col">
                  <span class="visually-hidden">{t('sheet.fault')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              <For each={rows()}>
                {(row) => (
                  <tr classList={{ 'sheet-wrong': !row.ok }}>
                    <th scope="row">{row.line}</th>
                    <For each={row.cells}>{(cell) => <td>{cell}</td>}</For>
                    <td class="field-error">{row.ok ? '' : t(`sheet.error.${row.error}`)}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
        <Show when={values().length === rows().length}>{props.action(values())}</Show>
      </Show>
    </details>
  )
}
