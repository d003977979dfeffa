import { type CaseFile, command } from '../../api/cases.ts'
import { useErrorText } from '../../cases/speech.ts'
import { toastFault } from '../../cases/toastFault.ts'
import { forgetUndo, offerUndo } from '../../cases/UndoBar.tsx'
import { useWords } from '../../i18n/language.tsx'
import { noticeExpiry } from '../../session/account.ts'
import { toast } from '../../ui/Toast.tsx'
import { casePageWords } from './words.ts'

/** What can be taken back afterwards: said by `text`, an event of `caseId` (this case, unless it says another). */
export type Undoable = { readonly text: string; readonly caseId?: number }

/** Asks the hub to carry it out, with the key that makes it happen once. */
type Send = (key: string) => Promise<{ readonly event: number }>

/** Runs a command on a case; @returns whether it was carried out. A refusal is said in words. */
export type RunCommand = {
  (send: Send, undo?: Undoable): Promise<boolean>
  /** asks for the case anew */
  reload(): void
}

/** What the parts of a case's page that change it are given. */
export type EndProps = { file: CaseFile; run: RunCommand; ended: boolean }

export function createRun(caseId: number, reload: () => void): RunCommand {
  const t = useWords(casePageWords)
  const fault = useErrorText()
  const run = async (send: Send, undo?: Undoable) => {
    try {
      const answer = await command(send)
      forgetUndo(caseId)
      if (undo) offerUndo(undo.text, undo.caseId ?? caseId, answer.event, 'case')
      else toast(t('saved'), 'good')
      reload()
      return true
    } catch (error) {
      if (!noticeExpiry(error)) toastFault(error, fault(error))
      return false
    }
  }
  return Object.assign(run, { reload })
}
