import { Worker } from 'node:worker_threads'
import type { Briefing } from './gather.ts'
import type { BriefingLanguage } from './words.ts'

export type PdfOrder = { readonly briefing: Briefing; readonly language: BriefingLanguage }

/** Whoever waits longer has gone away. */
const WRITE_MS_MAX = 30_000
const MEMORY_MB_MAX = 256

/**
 * Writes the PDF in a thread of its own: shaping and measuring Thai takes some 0.3 s of a core, which in the hub's loop would
 * hold up every command and screen.
 */
export function writePdf(order: PdfOrder): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB_MAX },
    })
    const late = setTimeout(() => void worker.terminate(), WRITE_MS_MAX)
    worker.once('message', resolve)
    worker.once('error', reject)
    // After an answer this changes nothing.
    worker.once('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`the writer of a briefing ended with ${code} and no file`))
    })
  })
}
