import { encode } from 'uqr'

/** White modules around it, without which cameras do not find it (ISO/IEC 18004). */
const QUIET = 4

/** The square as an SVG path of unit modules. */
export function squarePath(text: string): { readonly size: number; readonly path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return { size, path }
}
