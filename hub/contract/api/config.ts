import { z } from 'zod'
import { LANGUAGES } from '../vocabulary/languages.ts'
import { SEVERITIES } from '../vocabulary/severity.ts'

/** ms by severity */
const times = z.record(z.enum(SEVERITIES), z.number())

/** What the dashboard has to know before anybody signs in. */
export const publicConfig = z
  .object({
    /** the agency's own public token; with it the map is drawn by mapbox-gl */
    mapboxToken: z.string().nullable(),
    /** a hash of the dashboard that is served */
    build: z.string(),
    /** of the form for those in need; the rest of the dashboard speaks the first two */
    languages: z.array(z.enum(LANGUAGES)),
    /** how long a claim holds without any action of its holder, ms by severity */
    leaseMs: times,
    /** how long before the end of a claim its holder is warned, ms by severity */
    leaseWarnMs: times,
  })
  .meta({ id: 'PublicConfig' })
