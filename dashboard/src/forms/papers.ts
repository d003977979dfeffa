import { isThaiId } from '../../../hub/contract/vocabulary/papers.ts'
import { asciiDigits, withoutInvisible } from '../../../hub/contract/vocabulary/text.ts'

/** Whether a number cannot be of the paper it is said to be of; the hub judges by the same digit. */
export function isWrongPaper({ idKind, idNumber }: { readonly idKind: string; readonly idNumber: string }): boolean {
  if (idKind !== 'thai' || idNumber.trim() === '') return false
  return !isThaiId(asciiDigits(withoutInvisible(idNumber)).replace(/[\s-]/g, ''))
}
