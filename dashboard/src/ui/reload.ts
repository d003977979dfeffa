/** A page that reloaded for a lost part does not so again for this long: what is still lost then, a reload does not bring. */
export const LOST_PART_EVERY_MS = 600_000
const KEY = 'jitasa.lostPartAt'

export type Lost = {
  readonly now: number
  /** when this tab last reloaded for it; `null`: never; `undefined`: it cannot be remembered */
  readonly reloadedAt: number | null | undefined
  readonly isReachable: boolean
  readonly isHalfFilled: boolean
}

/**
 * A part of the page could not be loaded. After an upgrade it is gone, and only a new page knows the new ones; but never
 * again and again, never into a browser's own page of errors, and never over what somebody has typed.
 */
export function mayReload({ now, reloadedAt, isReachable, isHalfFilled }: Lost): boolean {
  if (!isReachable || isHalfFilled || reloadedAt === undefined) return false
  return reloadedAt === null || now - reloadedAt > LOST_PART_EVERY_MS
}

/** Pages that keep what is typed in them over a reload. */
const KEEPS_DRAFTS = /^\/(?:help|record)(?:\/|$)/

/** @returns whether somebody has typed something that a reload would lose */
export function isHalfFilled(page: ParentNode, path: string): boolean {
  if (KEEPS_DRAFTS.test(path)) return false
  const fields = page.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea, input:not([type=search])')
  return [...fields].some((field) => {
    const isTicked = field instanceof HTMLInputElement && /^(?:checkbox|radio)$/.test(field.type)
    return isTicked ? field.checked !== field.defaultChecked : field.value !== field.defaultValue
  })
}

/** @returns whether the hub would answer a reload now */
export async function isHubReachable(): Promise<boolean> {
  return fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** @returns whether the page is being reloaded */
export async function reloadForLostPart(now: number): Promise<boolean> {
  const lost = {
    now,
    reloadedAt: remembered(),
    isReachable: await isHubReachable(),
    isHalfFilled: isHalfFilled(document, location.pathname),
  }
  if (!mayReload(lost)) return false
  sessionStorage.setItem(KEY, String(now))
  location.reload()
  return true
}

/** A browser may refuse storage: without a memory, a reload could come again and again. */
function remembered(): number | null | undefined {
  try {
    const text = sessionStorage.getItem(KEY)
    return text === null ? null : Number(text)
  } catch {
    return undefined
  }
}
