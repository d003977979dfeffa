import { asciiDigits, foldedText } from '../../../hub/contract/vocabulary/text.ts'
import { createGazetteer, type Province, type Read } from '../fields.ts'
import { nearest } from '../likeness.ts'

export type Area = Omit<Province, 'population'>

export type Places = {
  province(text: string): Read<string>
  /** A district by its code, or by its Thai or English name within a province. `wrong` is a hint, or empty. */
  district(province: string, text: string): Read<string>
  /** the Thai name of a province or district; of a district without a name, its code */
  name(code: string): string
}

function bare(name: string): string {
  return foldedText(
    name
      .trim()
      .replace(/^(?:อำเภอ|กิ่งอำเภอ|เขต|อ\.)/u, '')
      .replace(/ (?:district|amphoe)$/iu, ''),
  )
}

export function createPlaces(provinces: readonly Area[], districts: readonly Area[]): Places {
  const gazetteer = createGazetteer(provinces)
  const codes = new Set(districts.map(({ code }) => code))
  const byName = new Map<string, Map<string, string>>()
  const names = new Map([...provinces, ...districts].map(({ code, nameTh }) => [code, nameTh]))
  for (const { code, nameTh, nameEn } of districts) {
    const province = code.slice(0, 2)
    const own = byName.get(province) ?? new Map<string, string>()
    if (!code.endsWith('00')) own.set(bare(nameTh), code).set(bare(nameEn), code)
    // "เมือง" alone is the district of the province's capital.
    if (code.endsWith('01')) own.set('เมือง', code).set('mueang', code)
    byName.set(province, own)
  }
  return {
    province: (text) => gazetteer.province(text),
    name: (code) => (code.length === 4 && code.endsWith('00') ? code : (names.get(code) ?? code)),
    district(province, typed) {
      const text = asciiDigits(typed)
      if (/^\d{4}(?:\d{2})?$/.test(text)) {
        const code = text.slice(0, 4)
        return codes.has(code) && code.startsWith(province) ? { value: code } : { wrong: '' }
      }
      const own = byName.get(province) ?? new Map<string, string>()
      const code = own.get(bare(text))
      if (code !== undefined) return { value: code }
      const near = nearest(bare(text), own.keys())
      const meant = near === undefined ? undefined : own.get(near)
      return { wrong: meant === undefined ? '' : `; ${names.get(meant)} (${meant})?` }
    },
  }
}
