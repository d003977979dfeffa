import type { Point } from '../api/record.ts'

/** `accuracy`: metres. `denied`: not allowed, or the page has no right to ask (it is not served over https). */
export type Located =
  | { readonly ok: true; readonly point: Point; readonly accuracy: number }
  | { readonly ok: false; readonly why: 'denied' | 'failed' }

const LOCATE_MS_MAX = 20_000
const OLD_MS_MAX = 60_000
/** 5 decimals are a metre. */
const DECIMALS = 5

export function roundPoint({ lat, lon }: Point): Point {
  return { lat: Number(lat.toFixed(DECIMALS)), lon: Number(lon.toFixed(DECIMALS)) }
}

/** Asks the browser where it is. */
export function locate(): Promise<Located> {
  if (!window.isSecureContext || !('geolocation' in navigator)) return Promise.resolve({ ok: false, why: 'denied' })
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          ok: true,
          point: roundPoint({ lat: coords.latitude, lon: coords.longitude }),
          accuracy: Math.round(coords.accuracy),
        }),
      (error) => resolve({ ok: false, why: error.code === error.PERMISSION_DENIED ? 'denied' : 'failed' }),
      { enableHighAccuracy: true, timeout: LOCATE_MS_MAX, maximumAge: OLD_MS_MAX },
    )
  })
}

const EARTH_M = 6_371_000
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Metres as the crow flies, for distances within a province: the earth is flat there, to a per mille. */
export function metresBetween(a: Point, b: Point): number {
  const x = radians(b.lon - a.lon) * Math.cos(radians((a.lat + b.lat) / 2))
  return EARTH_M * Math.hypot(x, radians(b.lat - a.lat))
}
