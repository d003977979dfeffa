import { readAreas } from '../../../db/areas/read.ts'

/** Guesses a password must withstand: zxcvbn's 3 of 4, about 10^8. */
const SCORE_MIN = 3
/** Characters that are looked at: judging all of 128 takes half a second, and a start that holds is enough. */
const LOOKED_AT = 40

/** What every installation is about. Its own words: own-words.ts. */
const SUBJECT = [
  'jitasa',
  'จิตอาสา',
  'thailand',
  'ประเทศไทย',
  'covid',
  'โควิด',
  'hospital',
  'โรงพยาบาล',
  'volunteer',
  'อาสาสมัคร',
]

type Judge = (password: string, own: readonly string[]) => boolean
let loaded: Promise<Judge> | undefined

/** Provinces, in Thai and romanised, as people write them. */
async function places(): Promise<string[]> {
  const { provinces } = await readAreas()
  return provinces.flatMap(([, th, en]) => [th, en, en.replaceAll(' ', '')].map((name) => name.toLowerCase()))
}

/** Letters and digits that a password has beside words of the place, at least: a year and a mark are none. */
const BESIDE_MIN = 6
const bare = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '')

/** Whether a password is little else than such words, one after the other: its length alone would make it look strong. */
function isMadeOf(password: string, words: readonly string[]): boolean {
  const longestFirst = words.map(bare).sort((a, b) => b.length - a.length)
  const left = longestFirst.reduce((text, word) => (word === '' ? text : text.replaceAll(word, ' ')), bare(password))
  return left.replaceAll(' ', '').length < BESIDE_MIN
}

async function load(): Promise<Judge> {
  const [{ zxcvbn, zxcvbnOptions }, { dictionary, adjacencyGraphs }, provinces] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    places(),
  ])
  const here = [...SUBJECT, ...provinces]
  zxcvbnOptions.setOptions({ dictionary: { ...dictionary, here }, graphs: adjacencyGraphs })
  return (password, own) =>
    isMadeOf(password, [...here, ...own]) || zxcvbn(password.slice(0, LOOKED_AT), [...own]).score < SCORE_MIN
}

/**
 * Whether a password is one that is tried first: a common one, its variations, rows of keys, repeats, dates, telephone
 * numbers, and names of provinces and of what this is about (NIST SP 800-63B, 3.1.1.2). The list is on this machine, 2 MB, and read when the first password is chosen.
 * @param own words of the installation, which then stand in the list too
 */
export async function isCommonPassword(password: string, own: readonly string[] = []): Promise<boolean> {
  loaded ??= load()
  return (await loaded)(password, own)
}
