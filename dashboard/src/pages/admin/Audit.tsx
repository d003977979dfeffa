import { A } from '@solidjs/router'
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { isRole } from '../../../../hub/contract/vocabulary/roles.ts'
import { ask, askFile } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { InputField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import type { createTranslator } from '../../i18n/words.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { createPages } from '../../pageKit/createPages.ts'
import { PagedTable } from '../../pageKit/PagedTable.tsx'
import { TextField } from '../../pageKit/TextField.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { Button } from '../../ui/Button.tsx'
import { saveFile } from '../../ui/saveFile.ts'
import type { AuditFilter, AuditRow } from './api.ts'
import { AUDIT_ACTIONS, type AuditAction, auditWords, isAuditAction, isAuditDetail } from './auditWords.ts'
import { adminWords } from './words.ts'

type Someone = { readonly id: string; readonly name: string }

/** Who did what, newest first, for the auditor: names, days and words; a name or a case leads on. */
export function Audit(): JSX.Element {
  const t = useWords(adminWords)
  const words = useWords(auditWords)
  const { format } = useLanguage()
  const [action, setAction] = createSignal('')
  const [day, setDay] = createSignal('')
  const [caseNo, setCaseNo] = createSignal('')
  const [address, setAddress] = createSignal('')
  const [who, setWho] = createSignal<Someone>()
  const filter = (): AuditFilter => ({
    action: action(),
    day: day(),
    resource: /^\d+$/.test(caseNo().trim()) ? `case:${caseNo().trim()}` : '',
    actor: who()?.id ?? '',
    address: address().trim(),
  })
  const exportPath = () =>
    `/api/audit/export?${new URLSearchParams(Object.entries(filter()).filter(([, value]) => value !== ''))}`
  const download = createSubmit()
  const save = () => download.send(async () => saveFile(await askFile(exportPath()), 'jitasa-audit.csv'))
  const pages = createPages(filter, async (wanted, before) => {
    const { rows, next, total } = await ask('GET /api/audit', { query: { ...wanted, before } })
    return { items: rows, next: next === null ? null : String(next), total }
  })
  return (
    <>
      <div class="desk-filter">
        <SelectField
          label={t('audit.action')}
          name="action"
          options={['', ...AUDIT_ACTIONS]}
          value={action()}
          text={(each) => (each === '' ? words('anyAction') : actionWord(words, each))}
          onChange={setAction}
        />
        <InputField
          label={words('day')}
          type="date"
          name="day"
          onChange={({ currentTarget }) => setDay(currentTarget.value)}
        />
        <TextField label={words('case')} name="case" value={caseNo()} onInput={setCaseNo} />
        <TextField label={words('address')} name="address" value={address()} onInput={setAddress} />
        <Show when={who()}>
          {(one) => (
            <Button onClick={() => setWho(undefined)}>
              {words('only', one().name)} ✕<span class="visually-hidden">{words('all')}</span>
            </Button>
          )}
        </Show>
      </div>
      <p class="desk-muted">
        <Show when={pages.total()}>{(total) => <>{words('total', format().number(total()))} · </>}</Show>
        <Button busy={download.busy()} onClick={() => void save()}>
          {words('export')}
        </Button>
      </p>
      <ProblemNote text={download.problem()?.text} />
      <PagedTable
        pages={pages}
        columns={[
          t('audit.time'),
          t('audit.who'),
          t('audit.action'),
          t('audit.resource'),
          t('audit.area'),
          words('address'),
          t('audit.details'),
        ]}
        empty={t('audit.none')}
      >
        {(row) => <AuditLine row={row} choose={setWho} chooseAddress={setAddress} />}
      </PagedTable>
    </>
  )
}

function AuditLine(props: {
  row: AuditRow
  choose(who: Someone): void
  chooseAddress(address: string): void
}): JSX.Element {
  const t = useWords(adminWords)
  const words = useWords(auditWords)
  const desk = useWords(deskWords)
  const { format } = useLanguage()
  const at = () => Date.parse(props.row.at)
  const actor = (): Someone | undefined => {
    const { actor: id, actorName: name } = props.row
    return id !== null && name !== null ? { id, name } : undefined
  }
  const role = () => (isRole(props.row.role) ? desk(`role.${props.row.role}`) : t('audit.system'))
  const details = () =>
    Object.entries(props.row.details)
      .filter(([name]) => name !== 'prefix')
      .map(([name, value]) => {
        const said = isAuditDetail(name) ? words(`detail.${name}`) : name
        return `${said}: ${Array.isArray(value) ? value.join(', ') : String(value)}`
      })
      .join(' · ')
  return (
    <tr>
      <td class="audit-time">
        {format().dayLong(bangkokDay(at()))} {format().clock(at())}
      </td>
      <td>
        <Show when={actor()} fallback={role()}>
          {(one) => (
            <>
              <button type="button" class="form-link" onClick={() => props.choose(one())}>
                {one().name}
              </button>
              <small>{role()}</small>
            </>
          )}
        </Show>
      </td>
      <td>{isAuditAction(props.row.action) ? actionWord(words, props.row.action) : props.row.action}</td>
      <td>
        <Subject row={props.row} />
      </td>
      <td>
        <Show when={props.row.area}>{(code) => <AreaName code={code()} />}</Show>
      </td>
      <td>
        <Show when={props.row.address}>
          {(from) => (
            <button type="button" class="form-link" onClick={() => props.chooseAddress(from())}>
              {from()}
            </button>
          )}
        </Show>
      </td>
      <td class="desk-muted">{details()}</td>
    </tr>
  )
}

/** What was done to: a case by its number, an account by its name. */
function Subject(props: { row: AuditRow }): JSX.Element {
  const words = useWords(auditWords)
  const kind = () => props.row.resource.slice(0, props.row.resource.indexOf(':'))
  const id = () => props.row.resource.slice(kind().length + 1)
  return (
    <Switch fallback={props.row.resource}>
      <Match when={kind() === 'case'}>
        <A href={`/case/${id()}`}>{words('subject.case', id())}</A>
      </Match>
      <Match when={kind() === 'facility'}>{words('subject.facility', id())}</Match>
      <Match when={kind() === 'account'}>{props.row.resourceName ?? words('subject.account')}</Match>
      <Match when={kind() === 'invitation'}>{words('subject.invitation')}</Match>
      <Match when={kind() === 'operation'}>{words('subject.operation')}</Match>
      <Match when={kind() === 'key'}>{words('subject.key', String(props.row.details.prefix ?? ''))}</Match>
    </Switch>
  )
}

type AuditTranslator = ReturnType<typeof createTranslator<typeof auditWords.en>>

/** The codes have a point in them, as the keys of a dictionary have. */
function actionWord(words: AuditTranslator, action: AuditAction): string {
  return words(`action.${action}`)
}
