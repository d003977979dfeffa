import { ApiError, unreachable } from '../api/http.ts'
import { toast } from '../ui/Toast.tsx'

/** Says why something was not done. That the hub cannot be reached is said for as long as it is true. */
export function toastFault(error: unknown, sentence: string): void {
  const away = error instanceof ApiError && error.code === 'unreachable'
  toast(sentence, 'alarm', away ? { holds: unreachable } : {})
}
