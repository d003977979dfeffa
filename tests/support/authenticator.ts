import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const text = (bytes: Buffer) => bytes.toString('base64url')

type Options = { readonly challenge: string }
type Where = { readonly origin?: string; readonly party?: string }

const USER_PRESENT = 1
const ATTESTED = 0x40

/** A passkey in software, by WebAuthn's own words: ES256, attestation `none`, nobody looked at (no user verification). */
export function createAuthenticator({ origin = 'http://localhost', party = 'localhost' }: Where = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  let counter = 0

  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const authData = (flags: number, rest = Buffer.alloc(0)) => {
    counter += 1
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(party), Buffer.from([flags]), count, rest])
  }
  const credential = { id: text(id), rawId: text(id), type: 'public-key', clientExtensionResults: {} }

  return {
    /** what it answers to `navigator.credentials.create` */
    create({ challenge }: Options) {
      const key = isoCBOR.encode(
        new Map<number, number | Uint8Array>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
          [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
        ]),
      )
      const length = Buffer.from([0, id.length])
      const attested = Buffer.concat([Buffer.alloc(16), length, id, Buffer.from(key)])
      const attestation = isoCBOR.encode(
        new Map<string, string | Uint8Array | Map<string, string>>([
          ['fmt', 'none'],
          ['attStmt', new Map<string, string>()],
          ['authData', new Uint8Array(authData(USER_PRESENT | ATTESTED, attested))],
        ]),
      )
      return {
        ...credential,
        response: {
          clientDataJSON: text(clientData('webauthn.create', challenge)),
          attestationObject: text(Buffer.from(attestation)),
          transports: ['internal'],
        },
      }
    },
    /** what it answers to `navigator.credentials.get` */
    get({ challenge }: Options) {
      const client = clientData('webauthn.get', challenge)
      const data = authData(USER_PRESENT)
      const signature = createSign('sha256')
        .update(Buffer.concat([data, sha256(client)]))
        .sign(privateKey)
      return {
        ...credential,
        response: { clientDataJSON: text(client), authenticatorData: text(data), signature: text(signature) },
      }
    },
    /** as a copy of it that was made a while ago */
    setBack(by: number) {
      counter -= by
    },
  }
}
