import { parentPort, workerData } from 'node:worker_threads'
import { briefingPdf } from './pdf.ts'
import type { PdfOrder } from './write-pdf.ts'

const { briefing, language } = workerData as PdfOrder
parentPort?.postMessage(await briefingPdf(briefing, language))
