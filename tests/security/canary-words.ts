import { createHash, randomInt, randomUUID } from 'node:crypto'
import { normalizePhone } from '../../hub/contract/vocabulary/phone.ts'

/** Something personal that stands nowhere else, and the table in which it belongs. */
export type Canary = {
  readonly name: string
  /** as it is typed */
  readonly typed: string
  readonly table: string
  /** every way it may be written: one of them found where it does not belong is a leak */
  readonly spellings: readonly string[]
}

const base64Url = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_')

/** The characters of base64 that only `text` decides, whichever byte of a triple it begins at. */
function insideBase64(text: string): string[] {
  const bytes = Buffer.from(text)
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes])
    const found = padded.toString('base64').slice(before === 0 ? 0 : before + 1, Math.floor(padded.length / 3) * 4)
    return [found, base64Url(found)]
  })
}

/** As it stands, as in JSON, an address or a dump, and as the hash that anybody can make of a list of guesses. */
export function spellingsOf(text: string): string[] {
  const hex = Buffer.from(text).toString('hex')
  const hashes = (['sha256', 'sha1', 'md5'] as const).flatMap((name) => {
    const hash = createHash(name).update(text).digest()
    return [hash.toString('hex'), hash.toString('base64').replace(/=+$/, '')]
  })
  const json = JSON.stringify(text).slice(1, -1)
  return [...new Set([text, json, encodeURIComponent(text), hex, ...insideBase64(text), ...hashes])]
}

const THAI_ZERO = 0x0e50
const thaiDigits = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(THAI_ZERO + Number(digit)))

/** A number is stored as `+668…` and typed as `08…`; its last nine digits are in both. */
export function phoneSpellings(typed: string): string[] {
  const stored = normalizePhone(typed)
  if (stored === undefined) throw new Error(`${typed} is no phone number`)
  const core = stored.slice(3)
  const grouped = [' ', '-', '.'].flatMap((gap) => [
    [core.slice(0, 2), core.slice(2, 5), core.slice(5)].join(gap),
    [core.slice(0, 1), core.slice(1, 5), core.slice(5)].join(gap),
  ])
  const hashed = [typed, stored, stored.slice(1)].flatMap((whole) => spellingsOf(whole).slice(3))
  return [...new Set([core, ...grouped, ...[core, ...grouped].map(thaiDigits), ...spellingsOf(core), ...hashed])]
}

/** Five decimals are a metre: a place that is only so exact is as personal as one with ten. */
const EXACT = 5
const placeSpellings = (typed: string) => [typed.slice(0, typed.indexOf('.') + 1 + EXACT)]

export type PersonCanaries = Readonly<
  Record<'name' | 'phone' | 'secondPhone' | 'idNumber' | 'address' | 'note' | 'lat' | 'lon', Canary>
>

/** Tests beside this one write to the same server: its log of changes holds their numbers too, in clear where they plant some. */
const RUN = String(randomInt(1_000, 10_000))

/** Those who are fed in, each by a form of its own. `number`: 0 to 9, so that no two share a phone or place. */
export function personCanaries(
  who: string,
  number: number,
  privateTable = 'case_private',
  run: string = RUN,
): PersonCanaries {
  const word = (field: string, table: string): Canary => {
    const typed = `canary-${who}-${field}-${randomUUID().slice(0, 8)} ก`
    return { name: `${who}.${field}`, typed, table, spellings: spellingsOf(typed).concat(typed.slice(0, -2)) }
  }
  const exact = (field: string, typed: string): Canary => ({
    name: `${who}.${field}`,
    typed,
    table: privateTable,
    spellings: placeSpellings(typed),
  })
  const phone = `089${run}${number}5${number}`
  const second = `088${run}${number}5${number}`
  const idNumber = `CN${randomUUID().slice(0, 8).toUpperCase()}`
  return {
    name: word('name', 'people'),
    phone: { name: `${who}.phone`, typed: phone, table: 'people', spellings: phoneSpellings(phone) },
    secondPhone: { name: `${who}.secondPhone`, typed: second, table: 'people', spellings: phoneSpellings(second) },
    idNumber: { name: `${who}.idNumber`, typed: idNumber, table: 'people', spellings: spellingsOf(idNumber) },
    address: word('address', privateTable),
    note: word('note', privateTable),
    lat: exact('lat', `18.7913${number}1357753`),
    lon: exact('lon', `98.9824${number}1468135`),
  }
}

/** Text that is typed while a case is worked. */
export function textCanary(name: string, table: string): Canary {
  const typed = `canary-${name}-${randomUUID().slice(0, 8)}`
  return { name, typed, table, spellings: spellingsOf(typed) }
}

/** @returns `<canary> in <place>` for each that stands in a text, in whatever spelling */
export function findCanaries(canaries: readonly Canary[], searched: Readonly<Record<string, string>>): string[] {
  return Object.entries(searched).flatMap(([place, text]) =>
    canaries
      .filter(({ spellings }) => spellings.some((spelling) => text.includes(spelling)))
      .map(({ name }) => `${name} in ${place}`),
  )
}
