import { createSignal, type JSX, Show } from 'solid-js'
import { ROLES } from '../../../../hub/contract/vocabulary/roles.ts'
import { ask } from '../../api/http.ts'
import { SelectField } from '../../forms/SelectField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { createPages } from '../../pageKit/createPages.ts'
import { PagedTable } from '../../pageKit/PagedTable.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { AccountDialog } from './AccountDialog.tsx'
import type { Account } from './api.ts'
import { NewAccountDialog } from './NewAccountDialog.tsx'
import { Places } from './Places.tsx'
import { adminWords } from './words.ts'

const SEARCH_WAIT_MS = 250

export function Accounts(): JSX.Element {
  const t = useWords(adminWords)
  const desk = useWords(deskWords)
  const [filter, setFilter] = createSignal({ text: '', role: '' })
  const [making, setMaking] = createSignal(false)
  const [managed, manage] = createSignal<Account>()
  const pages = createPages(filter, async (wanted, after) => {
    const { accounts, next } = await ask('GET /api/accounts', { query: { ...wanted, after } })
    return { items: accounts, next }
  })
  let waiting: ReturnType<typeof setTimeout> | undefined
  const search = (text: string) => {
    clearTimeout(waiting)
    waiting = setTimeout(() => setFilter((all) => ({ ...all, text: text.trim() })), SEARCH_WAIT_MS)
  }
  return (
    <>
      <div class="desk-filter">
        <Field label={t('account.find')}>
          {(aria) => <input {...aria} type="search" onInput={({ currentTarget }) => search(currentTarget.value)} />}
        </Field>
        <SelectField
          label={t('account.role')}
          options={['', ...ROLES]}
          value={filter().role}
          text={(role) => desk(role === '' ? 'all' : `role.${role}`)}
          onChange={(role) => setFilter((all) => ({ ...all, role }))}
        />
        <div class="desk-push">
          <Button kind="primary" onClick={() => setMaking(true)}>
            {t('account.new')}
          </Button>
        </div>
      </div>
      <PagedTable
        pages={pages}
        columns={[t('account.name'), t('account.login'), t('account.role'), t('account.place'), '']}
        empty={t('account.none')}
        emptyText={t('account.noneText')}
      >
        {(account) => (
          <tr classList={{ 'desk-off': account.disabled }}>
            <th scope="row">
              {account.name}{' '}
              <Show when={account.disabled}>
                <Badge tone="warn">{t('account.disabled')}</Badge>
              </Show>
              <small>{account.label}</small>
            </th>
            <td>{account.username ?? account.email}</td>
            <td>{account.role === null ? t('account.noRole') : desk(`role.${account.role}`)}</td>
            <td>
              <Places areas={account.areas} facility={account.facility} />
            </td>
            <td class="desk-row-actions">
              <Button onClick={() => manage(account)}>
                {t('account.manage')}
                <span class="visually-hidden"> {account.name}</span>
              </Button>
            </td>
          </tr>
        )}
      </PagedTable>
      <Show when={making()}>
        <NewAccountDialog onMade={pages.reload} onClose={() => setMaking(false)} />
      </Show>
      <Show when={managed()} keyed>
        {(account) => <AccountDialog account={account} onChanged={pages.reload} onClose={() => manage(undefined)} />}
      </Show>
    </>
  )
}
