import { z } from '@hono/zod-openapi'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { createGate } from '../../runtime/limits.ts'
import { briefingCsv } from '../../work/briefing/csv.ts'
import { gatherBriefing } from '../../work/briefing/gather.ts'
import { BRIEFING_LANGUAGES } from '../../work/briefing/words.ts'
import { writePdf } from '../../work/briefing/write-pdf.ts'
import { secured } from '../auth/secured.ts'
import { withCommander } from '../commands.ts'
import type { AppDeps } from '../env.ts'
import { demandReady } from '../ready.ts'
import { fault, NO_STORE } from '../responses.ts'
import { createRouter } from '../router.ts'

const FILE = /^(TH|\d{2}|\d{4})\.(pdf|csv)$/
/** Briefings that are written at once, and how many may wait: the hour of the briefing is the same everywhere. */
const AT_ONCE = 1
const WAITING_MAX = 20
const RETRY_SECONDS = 5
const TYPES = { pdf: 'application/pdf', csv: 'text/csv; charset=utf-8' } as const

const briefing = secured(
  {
    method: 'get',
    path: '/api/briefing/{file}',
    tags: ['command'],
    summary:
      'The briefing of an area as a PDF or CSV: situation, change since yesterday at this hour, shift, late reporters',
    request: {
      params: z.object({ file: z.string().regex(FILE, 'area_unknown').describe('TH.pdf, 50.pdf, 5001.csv') }),
      query: z.object({ lang: z.enum(BRIEFING_LANGUAGES).default('th') }),
    },
    responses: {
      200: {
        description: 'The file',
        content: {
          'application/pdf': { schema: { type: 'string', format: 'binary' } as const },
          'text/csv': { schema: { type: 'string' } as const },
        },
      },
      400: fault('There is no such file'),
      422: fault('There is no such area'),
      503: fault('Too many briefings are being written, or the first snapshot has not been taken yet'),
    },
  },
  'briefing.read',
  (c) => ({ area: FILE.exec(c.req.param('file') ?? '')?.[1] ?? '' }),
)

export function briefingRoutes(deps: AppDeps) {
  const gate = createGate(AT_ONCE, WAITING_MAX)
  return createRouter().openapi(briefing, async (c) => {
    const { lang } = c.req.valid('query')
    const [, area = '', kind] = FILE.exec(c.req.valid('param').file) ?? []
    const format = kind === 'csv' ? 'csv' : 'pdf'
    demandReady(deps)
    const made = await gate.run(async () => {
      const gathered = await withCommander(deps, c, (context) => gatherBriefing(context, deps.situation, area))
      return format === 'csv' ? briefingCsv(gathered, lang) : await writePdf({ briefing: gathered, language: lang })
    })
    if (made === undefined) throw new ApiError('briefings_busy', undefined, { retryAfter: RETRY_SECONDS })
    const name = `jitasa-briefing-${area}-${deps.situation.today}.${format}`
    return c.body(made.value, 200, {
      ...NO_STORE,
      'Content-Type': TYPES[format],
      'Content-Disposition': `attachment; filename="${name}"`,
    }) as never
  })
}
