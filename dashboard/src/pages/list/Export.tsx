import { createSignal, type JSX, Show } from 'solid-js'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { problemOf } from '../../pageKit/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import type { ListFilter } from './filter.ts'
import type { FetchPage } from './lists.ts'
import { listWords } from './words.ts'

/** What one request gives at most, and how many rows one file is worth. */
const PAGE_MAX = 200
const EXPORT_ROWS_MAX = 10_000

type ExportProps<T> = { filter: ListFilter; fetch: FetchPage<T>; csv(rows: readonly T[]): string }

/** The whole list as a file, gathered page by page; a longer list says that it was cut. */
export function Export<T>(props: ExportProps<T>): JSX.Element {
  const common = useWords(commonWords)
  const t = useWords(listWords)
  const { format } = useLanguage()
  const [gathered, setGathered] = createSignal<number>()

  async function gather(): Promise<readonly T[]> {
    const all: T[] = []
    let cursor = ''
    do {
      const page = await props.fetch(props.filter, cursor, PAGE_MAX)
      all.push(...page.items)
      setGathered(all.length)
      cursor = page.next ?? ''
    } while (cursor !== '' && all.length < EXPORT_ROWS_MAX)
    if (cursor !== '') toast(t('exportStopped', format().number(all.length)), 'alarm')
    return all
  }
  async function save(): Promise<void> {
    setGathered(0)
    try {
      const url = URL.createObjectURL(new Blob([props.csv(await gather())], { type: 'text/csv;charset=utf-8' }))
      const { area, metric, day } = props.filter
      const link = document.createElement('a')
      link.href = url
      link.download = `${['jitasa', area, metric, day].filter((part) => part !== '').join('_')}.csv`
      link.click()
      URL.revokeObjectURL(url)
    } catch (error) {
      toast(problemOf(error, common).text, 'alarm')
    } finally {
      setGathered(undefined)
    }
  }
  return (
    <div class="desk-buttons list-export">
      <Button busy={gathered() !== undefined} onClick={() => void save()}>
        {t('export')}
      </Button>
      <Show when={gathered()}>{(n) => <span role="status">{t('exporting', format().number(n()))}</span>}</Show>
    </div>
  )
}
