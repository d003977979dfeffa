import {
  createDecipheriv,
  createECDH,
  createHmac,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A message as the browser's page gets it. */
export type Pushed = {
  readonly to: string
  readonly message: { readonly title: string; readonly body: string; readonly url: string; readonly tag: string }
  readonly headers: IncomingHttpHeaders
}

type Subscription = { readonly endpoint: string; readonly keys: { readonly p256dh: string; readonly auth: string } }

export type PushService = {
  readonly received: Pushed[]
  /** what is answered to the next requests; then 201. 0: nothing, ever */
  readonly answers: number[]
  subscribe(name: string): Subscription
  /** nobody listens at its address until it is back; its browsers and their keys stay */
  goAway(): Promise<void>
  comeBack(): Promise<void>
  stop(): Promise<void>
}

/** RFC 8188 and RFC 8291, read anew: what the hub encrypts by a library must come out of this. */
function decrypted(body: Buffer, ecdh: ECDH, auth: Buffer): string {
  const salt = body.subarray(0, 16)
  const keyLength = body[20]!
  const theirs = body.subarray(21, 21 + keyLength)
  const sealed = body.subarray(21 + keyLength)
  const own = ecdh.getPublicKey()
  const secret = createHmac('sha256', auth).update(ecdh.computeSecret(theirs)).digest()
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), own, theirs])
  const key = createHmac('sha256', secret)
    .update(Buffer.concat([info, Buffer.from([1])]))
    .digest()
  const derived = (name: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', key, salt, `Content-Encoding: ${name}\0`, bytes))
  const decipher = createDecipheriv('aes-128-gcm', derived('aes128gcm', 16), derived('nonce', 12))
  decipher.setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString()
}

/** RFC 8292. @throws Error unless the header is signed by the key it names, for this service, for a day at most */
function checkVapid(authorization: string | undefined, audience: string): void {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization ?? '') ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url')
  const publicKey = createPublicKey({
    key: { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) },
    format: 'jwk',
  })
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString())
  if (!signed || aud !== audience || !/^(mailto|https):/.test(sub)) throw new Error('not signed for this service')
  if (exp * 1000 < Date.now() || exp * 1000 > Date.now() + 86_400_000) throw new Error('not for now')
}

/** A push service on this machine, with browsers whose keys it knows: it takes what is signed, and says what was in it. */
export async function startPushService(): Promise<PushService> {
  const received: Pushed[] = []
  const answers: number[] = []
  const browsers = new Map<string, { readonly ecdh: ECDH; readonly auth: Buffer }>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const status = answers.shift() ?? 201
    if (status === 0) return
    if (status === 201) {
      const name = (request.url ?? '').split('/').at(-1) ?? ''
      const browser = browsers.get(name)
      if (!browser) return response.writeHead(404).end()
      checkVapid(request.headers.authorization, origin)
      const text = decrypted(Buffer.concat(chunks), browser.ecdh, browser.auth)
      received.push({ to: name, message: JSON.parse(text) as Pushed['message'], headers: request.headers })
    }
    return response.writeHead(status).end()
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  await listen(0)
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  return {
    received,
    answers,
    subscribe(name) {
      const ecdh = createECDH('prime256v1')
      const auth = randomBytes(16)
      browsers.set(name, { ecdh, auth })
      return {
        endpoint: `${origin}/push/${name}`,
        keys: { p256dh: ecdh.generateKeys('base64url'), auth: auth.toString('base64url') },
      }
    },
    goAway: close,
    comeBack: () => listen(port),
    stop: close,
  }
}
