/** Guesses a password must withstand: zxcvbn's 3 of 4, about 10^8. */
const SCORE_MIN = 3
/** Characters that are looked at: judging all of 128 takes half a second, and a start that holds is enough. */
const LOOKED_AT = 40

let loaded: Promise<(password: string) => boolean> | undefined

async function load(): Promise<(password: string) => boolean> {
  const [{ zxcvbn, zxcvbnOptions }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  zxcvbnOptions.setOptions({ dictionary, graphs: adjacencyGraphs })
  return (password) => zxcvbn(password.slice(0, LOOKED_AT)).score < SCORE_MIN
}

/**
 * Whether a password is one that is tried first: a common one, its variations, rows of keys, repeats, dates, telephone
 * numbers (NIST SP 800-63B, 3.1.1.2). The list is on this machine, 2 MB, and read when the first password is chosen.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  loaded ??= load()
  return (await loaded)(password)
}
