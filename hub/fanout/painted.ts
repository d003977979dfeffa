import { PAINT_TIME_MS_MAX, PAINTED_MAX, type Painted } from '../contract/live/messages.ts'
import { isScope } from '../contract/live/scopes.ts'

/**
 * Whether a value is what the schema `painted` says, without the schema: of what walls send it is nearly all. What is
 * refused here is left to the schema; a test holds that what is taken here the schema takes too.
 */
export function isPainted(value: unknown): value is Painted {
  if (typeof value !== 'object' || value === null || !('t' in value) || value.t !== 'painted') return false
  if (!('e' in value && 'p' in value) || Object.keys(value).length !== 3) return false
  const { e, p } = value
  if (typeof e !== 'string' || e.length === 0 || e.length > 40) return false
  return Array.isArray(p) && p.length > 0 && p.length <= PAINTED_MAX && p.every(isPaint)
}

function isPaint(paint: unknown): boolean {
  if (!Array.isArray(paint) || paint.length !== 3) return false
  const [scope, position, ms] = paint
  return (
    typeof scope === 'string' &&
    isScope(scope) &&
    Number.isSafeInteger(position) &&
    position >= 0 &&
    (ms === null || (Number.isSafeInteger(ms) && ms >= 0 && ms <= PAINT_TIME_MS_MAX))
  )
}
