import { audit } from '../../../db/queries/accounts-audit.ts'
import {
  readSignInRules,
  readSignInSettings,
  writeSignInRule,
  writeSignInSettings,
} from '../../../db/queries/sign-in-rules.ts'
import { signInRuleBody, signInRulesAnswer, signInSettingsBody } from '../../contract/api/sign-in-rules.ts'
import { authorOf, provenly, secured, signedIn } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { ok, taken } from '../responses.ts'
import { createRouter } from '../router.ts'

const tags = ['accounts']
const now = { 200: ok('As they are now', signInRulesAnswer) }

const read = secured(
  {
    method: 'get',
    path: '/api/sign-in-rules',
    tags,
    summary: 'Of which role a second factor is demanded, and when its sessions end',
    responses: now,
  },
  'accounts.manage',
)

const setRule = provenly(
  {
    method: 'put',
    path: '/api/sign-in-rules',
    tags,
    summary: 'Set it for a role; a date ahead gives everybody the time to set theirs up',
    request: { body: taken(signInRuleBody) },
    responses: now,
  },
  'accounts.manage',
)

const setSettings = provenly(
  {
    method: 'put',
    path: '/api/sign-in-rules/settings',
    tags,
    summary: 'Whether exercises demand factors too, how long a proof lasts, how many reveals are many',
    request: { body: taken(signInSettingsBody) },
    responses: now,
  },
  'accounts.manage',
)

/** What is demanded of whoever signs in: data. Whatever is changed is audited. */
export function signInRuleRoutes({ accounts: { db } }: AppDeps) {
  const show = async () => {
    const rules = await readSignInRules(db)
    const said = rules.map((rule) => ({ ...rule, factorFrom: rule.factorFrom?.toISOString() ?? null }))
    return { rules: said, ...(await readSignInSettings(db)) }
  }
  return createRouter()
    .openapi(read, async (c) => c.json(await show(), 200))
    .openapi(setRule, async (c) => {
      const { role, factorFrom, idleMinutes, lifeHours } = c.req.valid('json')
      const author = authorOf(c, await signedIn(c))
      await db.transaction().execute(async (trx) => {
        const rule = { role, idleMinutes, lifeHours }
        await writeSignInRule(trx, { ...rule, factorFrom: factorFrom === null ? null : new Date(factorFrom) })
        const details = { factorFrom, idleMinutes, lifeHours }
        await audit(trx, { ...author, action: 'sign_in_rule.set', resource: `sign_in_rule:${role}`, details })
      })
      return c.json(await show(), 200)
    })
    .openapi(setSettings, async (c) => {
      const settings = c.req.valid('json')
      const author = authorOf(c, await signedIn(c))
      await db.transaction().execute(async (trx) => {
        await writeSignInSettings(trx, settings)
        const resource = 'sign_in_rule:settings'
        await audit(trx, { ...author, action: 'sign_in_settings.set', resource, details: settings })
      })
      return c.json(await show(), 200)
    })
}
