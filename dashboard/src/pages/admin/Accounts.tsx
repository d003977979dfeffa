import { createSignal, For, type JSX, Show } from 'solid-js'
import { createPages } from '../../desk/createPages.ts'
import { PagedTable } from '../../desk/PagedTable.tsx'
import { deskWords, type RoleName } from '../../desk/words.ts'
import { useWords } from '../../i18n/language.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { AccountDialog } from './AccountDialog.tsx'
import { type Account, listAccounts } from './api.ts'
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
    const { accounts, next } = await listAccounts(wanted, after)
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
        <Field label={t('account.role')}>
          {(aria) => (
            <select
              {...aria}
              onChange={({ currentTarget }) => setFilter((all) => ({ ...all, role: currentTarget.value }))}
            >
              <option value="">{desk('all')}</option>
              <For each={Object.keys(deskWords.en.role) as RoleName[]}>
                {(role) => <option value={role}>{desk(`role.${role}`)}</option>}
              </For>
            </select>
          )}
        </Field>
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
