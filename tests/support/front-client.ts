import { request } from 'node:https'

export type FrontAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

export type FrontAsk = {
  readonly method?: string
  /** an address of this machine that the request comes from */
  readonly from?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A request through a front whose certificate nobody has signed. @param url https */
export function askFront(url: string, { method = 'GET', from, headers = {}, body }: FrontAsk = {}) {
  return new Promise<FrontAnswer>((resolve, reject) => {
    const asked = request(
      url,
      { method, headers, rejectUnauthorized: false, agent: false, ...(from ? { localAddress: from, family: 4 } : {}) },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString() }),
        )
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })
}
