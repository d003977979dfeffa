const KEY = 'jitasa.help.codes'
const CODES_MAX = 5

/** Tracking codes a person asked this phone to keep, the newest first. */
export function rememberedCodes(storage: () => Storage): readonly string[] {
  try {
    const codes: unknown = JSON.parse(storage().getItem(KEY) ?? '[]')
    return Array.isArray(codes) ? codes.filter((code) => typeof code === 'string').slice(0, CODES_MAX) : []
  } catch {
    return []
  }
}

/** @returns whether it was kept: a browser may refuse */
export function rememberCode(storage: () => Storage, code: string): boolean {
  const others = rememberedCodes(storage).filter((known) => known !== code)
  try {
    storage().setItem(KEY, JSON.stringify([code, ...others].slice(0, CODES_MAX)))
    return true
  } catch {
    return false
  }
}
