import { A } from '@solidjs/router'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { ask } from '../../api/http.ts'
import { bangkokDay } from '../../i18n/format.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { createPages } from '../../pageKit/createPages.ts'
import { PagedTable } from '../../pageKit/PagedTable.tsx'
import { placeName } from '../../panels/subject.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import type { ApiKey } from './api.ts'
import { Confirm } from './Confirm.tsx'
import { keyState } from './keyState.ts'
import { keyWords } from './keyWords.ts'
import { NewKey } from './NewKey.tsx'
import { adminWords } from './words.ts'

const ONCE = () => ''

/** Keys of other systems: make one, see what it may and when it was last used, revoke it. */
export function Keys(): JSX.Element {
  const t = useWords(keyWords)
  const admin = useWords(adminWords)
  const [revoking, revoke] = createSignal<ApiKey>()
  const pages = createPages(ONCE, async () => ({ items: (await ask('GET /api/keys')).keys, next: null }))
  return (
    <div class="admin-columns">
      <NewKey onMade={pages.reload} />
      <div class="admin-list">
        <PagedTable
          pages={pages}
          columns={[t('label'), t('may'), admin('account.place'), t('until'), t('used'), '']}
          empty={t('none')}
          emptyText={t('noneText')}
        >
          {(key) => <KeyLine key={key} onRevoke={() => revoke(key)} />}
        </PagedTable>
      </div>
      <Show when={revoking()} keyed>
        {(key) => (
          <Confirm
            title={t('revokeTitle', key.label)}
            text={t('revokeText')}
            action={t('revoke')}
            onConfirm={async () => {
              await ask('DELETE /api/keys/{id}', { params: { id: key.id } })
              toast(t('revoked'), 'good')
              pages.reload()
            }}
            onClose={() => revoke(undefined)}
          />
        )}
      </Show>
    </div>
  )
}

function KeyLine(props: { key: ApiKey; onRevoke(): void }): JSX.Element {
  const t = useWords(keyWords)
  const admin = useWords(adminWords)
  const { language, format } = useLanguage()
  const state = () => keyState(props.key, hubNow())
  const inForce = () => state() === 'active' || state() === 'ending'
  const used = () => (props.key.usedAt === null ? t('never') : format().moment(Date.parse(props.key.usedAt), hubNow()))
  return (
    <tr classList={{ 'desk-off': !inForce() }}>
      <th scope="row">
        {props.key.label} <Badge tone={state() === 'ending' ? 'warn' : 'plain'}>{t(`state.${state()}`)}</Badge>
        <small class="key-prefix">{props.key.prefix}</small>
      </th>
      <td data-label={t('may')}>
        <ul class="key-list">
          <For each={props.key.actions}>{(action) => <li>{actionName(t, action)}</li>}</For>
        </ul>
      </td>
      <td data-label={admin('account.place')}>
        <ul class="key-list">
          <For each={props.key.areas}>
            {(code) => (
              <li>
                <AreaName code={code} />
              </li>
            )}
          </For>
          <For each={props.key.sites}>
            {(site) => (
              <li>
                <A href={`/facilities/${site.id}`}>{placeName(site, language())}</A>
              </li>
            )}
          </For>
        </ul>
      </td>
      <td class="admin-when" data-label={t('until')}>
        {format().day(bangkokDay(Date.parse(props.key.expiresAt)))}
      </td>
      <td class="admin-when" data-label={t('used')}>
        {used()}
      </td>
      <td class="desk-row-actions">
        <Show when={inForce()}>
          <Button onClick={() => props.onRevoke()}>
            {t('revoke')}
            <span class="visually-hidden"> {props.key.label}</span>
          </Button>
        </Show>
      </td>
    </tr>
  )
}

/** A key made by a later hub may hold an action that this page has no word for. */
function actionName(t: ReturnType<typeof useWords<typeof keyWords.en>>, action: string): string {
  return Object.hasOwn(keyWords.en.action, action) ? t(`action.${action as keyof typeof keyWords.en.action}`) : action
}
