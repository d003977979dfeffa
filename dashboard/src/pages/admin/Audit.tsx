import { createSignal, type JSX, Show } from 'solid-js'
import { AreaName } from '../../desk/AreaName.tsx'
import { createPages } from '../../desk/createPages.ts'
import { PagedTable } from '../../desk/PagedTable.tsx'
import { TextField } from '../../desk/TextField.tsx'
import { deskWords, isRoleName } from '../../desk/words.ts'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { type AuditRow, readAudit } from './api.ts'
import { adminWords } from './words.ts'

const EVERYTHING = { action: '', resource: '', actor: '' }

/** Who did what, newest first, for the auditor. */
export function Audit(): JSX.Element {
  const t = useWords(adminWords)
  const desk = useWords(deskWords)
  const { format } = useLanguage()
  const [draft, setDraft] = createSignal(EVERYTHING)
  const [filter, setFilter] = createSignal(EVERYTHING)
  const pages = createPages(filter, async (wanted, before) => {
    const { rows, next } = await readAudit(wanted, before)
    return { items: rows, next: next === null ? null : String(next) }
  })
  const trimmed = () => ({
    action: draft().action.trim(),
    resource: draft().resource.trim(),
    actor: draft().actor.trim(),
  })
  const at = (row: AuditRow) => `${format().day(bangkokDay(Date.parse(row.at)))} ${format().clock(Date.parse(row.at))}`
  const details = (row: AuditRow) =>
    Object.entries(row.details)
      .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
      .join(' · ')
  return (
    <>
      <form
        class="desk-filter"
        onSubmit={(event) => {
          event.preventDefault()
          setFilter(trimmed())
        }}
      >
        <TextField
          label={t('audit.action')}
          hint={t('audit.actionHint')}
          value={draft().action}
          onInput={(action) => setDraft((all) => ({ ...all, action }))}
        />
        <TextField
          label={t('audit.resource')}
          hint={t('audit.resourceHint')}
          value={draft().resource}
          onInput={(resource) => setDraft((all) => ({ ...all, resource }))}
        />
        <TextField
          label={t('audit.actor')}
          value={draft().actor}
          onInput={(actor) => setDraft((all) => ({ ...all, actor }))}
        />
        <Button type="submit" kind="primary">
          {t('audit.apply')}
        </Button>
      </form>
      <PagedTable
        pages={pages}
        columns={[
          t('audit.time'),
          t('audit.who'),
          t('audit.action'),
          t('audit.resource'),
          t('audit.area'),
          t('audit.details'),
        ]}
        empty={t('audit.none')}
      >
        {(row) => (
          <tr>
            <td class="audit-time">{at(row)}</td>
            <td>
              {isRoleName(row.role) ? desk(`role.${row.role}`) : row.role}
              <small class="audit-id">{row.actor ?? t('audit.system')}</small>
            </td>
            <td>
              <code>{row.action}</code>
            </td>
            <td class="audit-id">{row.resource}</td>
            <td>
              <Show when={row.area}>{(code) => <AreaName code={code()} />}</Show>
            </td>
            <td class="desk-muted">{details(row)}</td>
          </tr>
        )}
      </PagedTable>
    </>
  )
}
