import * as uWS from 'uWebSockets.js'
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'

export type TlsFiles = { readonly cert: string; readonly key: string }

/** Of TLS 1.2: forward secrecy and authenticated encryption alone; TLS 1.3 has no others. uWebSockets.js speaks nothing older. */
const CIPHERS = ['ECDSA', 'RSA']
  .flatMap((kind) =>
    ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'CHACHA20-POLY1305'].map((how) => `ECDHE-${kind}-${how}`),
  )
  .join(':')

/** uWebSockets.js says of wrong files only that the construction failed; Node's own TLS says what. @throws Error in words */
export async function secureApp({ cert, key }: TlsFiles): Promise<uWS.TemplatedApp> {
  const read = (name: string, file: string) =>
    readFile(file).catch((cause: Error) => {
      throw new Error(`${name} cannot be read: ${cause.message}`, { cause })
    })
  const pair = { cert: await read('TLS_CERT', cert), key: await read('TLS_KEY', key) }
  try {
    createSecureContext(pair)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`TLS_CERT and TLS_KEY are no PEM certificate with its private key: ${why}`, { cause })
  }
  return uWS.SSLApp({ cert_file_name: cert, key_file_name: key, ssl_ciphers: CIPHERS })
}
