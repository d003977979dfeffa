const ONE_YEAR_S = 31_536_000

/** Of every answer, whoever writes it: a page, the API, a refusal of the bridge or of a socket. */
export const EVERY_ANSWER: readonly (readonly [name: string, value: string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'same-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Permissions-Policy', 'geolocation=(self), camera=(), microphone=(), payment=(), usb=()'],
]

/** The policy of what is no page and no script: opened in a tab of its own it loads nothing, and no frame holds it. */
export const NOTHING_LOADS = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export const HTTPS_ONLY = ['Strict-Transport-Security', `max-age=${ONE_YEAR_S}; includeSubDomains`] as const

/** Of an answer that no application has written. @param secure people reach the hub by https */
export const bareHeaders = (secure: boolean): readonly (readonly [string, string])[] => [
  ...EVERY_ANSWER,
  ['X-Frame-Options', 'DENY'],
  ['Content-Security-Policy', NOTHING_LOADS],
  ['Cache-Control', 'no-store'],
  ...(secure ? [HTTPS_ONLY] : []),
]
