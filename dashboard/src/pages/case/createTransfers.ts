import { type Accessor, onCleanup } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import type { TransferStep } from '../../../../hub/contract/vocabulary/transfers.ts'
import { command, fetchTransfers, type ListedTransfer, type StepBody } from '../../api/cases.ts'
import { ask } from '../../api/http.ts'
import { useErrorText } from '../../cases/speech.ts'
import { askAgain } from '../../live/askAgain.ts'
import { noticeExpiry } from '../../session/account.ts'
import { toast } from '../../ui/Toast.tsx'

const AGAIN_MS = 3_000

export type Transfers = {
  /** nothing before the first answer */
  readonly list: Accessor<readonly ListedTransfer[] | undefined>
  /** @returns whether it was carried out; a refusal is said in words */
  go(id: number, step: TransferStep, body: StepBody): Promise<boolean>
}

/**
 * The list with the steps that are open, asked for anew whenever `changed` does: the live rows say that something has
 * moved, the hub says what this account may do about it. What is not answered is asked for again.
 */
export function createTransfers(
  area: string,
  facility: string | undefined,
  changed: Accessor<unknown>,
  listed?: 'refused',
): Transfers {
  const fault = useErrorText()
  // Reconciled by id, so that a dialog that is open over one stays when another comes.
  const [known, setKnown] = createStore<{ list: readonly ListedTransfer[] | undefined }>({ list: undefined })
  let newest = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    clearTimeout(timer)
    const mine = ++newest
    try {
      const found = await fetchTransfers(area, facility, listed)
      if (mine !== newest) return
      setKnown('list', reconcile([...found], { key: 'id' }))
    } catch (error) {
      if (mine === newest && !noticeExpiry(error)) timer = setTimeout(look, AGAIN_MS)
    }
  }
  askAgain(changed, () => void look(), { first: true })
  onCleanup(() => {
    newest++
    clearTimeout(timer)
  })

  return {
    list: () => known.list,
    async go(id, step, body) {
      try {
        await command((key) => ask(`POST /api/transfers/{id}/${step}`, { params: { id }, body, key }))
        return true
      } catch (error) {
        if (!noticeExpiry(error)) toast(fault(error), 'alarm')
        return false
      } finally {
        void look()
      }
    },
  }
}
