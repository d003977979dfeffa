import { NATION } from '../contract/vocabulary/areas.ts'
import { areaDirectory } from './areas.ts'
import { identifies } from './auth/access.ts'
import { ownHostOnly } from './auth/own-host.ts'
import { sameOriginOnly } from './auth/same-origin.ts'
import { dashboardPages } from './dashboard-pages.ts'
import type { AppDeps } from './env.ts'
import { onError } from './errors.ts'
import { type PublicNumbers, publicNumbers } from './numbers.ts'
import { oldAddresses } from './old-addresses.ts'
import { rateLimit } from './rate-limit.ts'
import { logsRefusals } from './refusal-log.ts'
import { requestContext } from './request-context.ts'
import { createRouter } from './router.ts'
import { accountRoutes } from './routes/accounts.ts'
import { alertRuleRoutes } from './routes/alert-rules.ts'
import { alertRoutes } from './routes/alerts.ts'
import { areaRoutes } from './routes/areas.ts'
import { auditRoutes } from './routes/audit.ts'
import { briefingRoutes } from './routes/briefing.ts'
import { callDeskRoutes } from './routes/call-desk.ts'
import { careRoutes } from './routes/care.ts'
import { caseCommandRoutes } from './routes/case-commands.ts'
import { caseRoutes } from './routes/cases.ts'
import { claimRoutes } from './routes/claims.ts'
import { correctionRoutes } from './routes/corrections.ts'
import { deadlineRoutes } from './routes/deadlines.ts'
import { capRoutes } from './routes/exchange-cap.ts'
import { publicCapRoutes } from './routes/exchange-cap-public.ts'
import { dhis2Routes } from './routes/exchange-dhis2.ts'
import { fhirRoutes } from './routes/exchange-fhir.ts'
import { odataRoutes } from './routes/exchange-odata.ts'
import { ogcRoutes } from './routes/exchange-ogc.ts'
import { facilityRoutes } from './routes/facilities.ts'
import { factorRoutes } from './routes/factors.ts'
import { feedRoutes } from './routes/feed.ts'
import { healthRoutes } from './routes/health.ts'
import { helpRoutes } from './routes/help.ts'
import { helpFollowRoutes } from './routes/help-follow.ts'
import { historyRoutes } from './routes/history.ts'
import { holdMinutesRoutes } from './routes/hold-minutes.ts'
import { invitationRoutes } from './routes/invitations.ts'
import { keyRoutes } from './routes/keys.ts'
import { lateRoutes } from './routes/late.ts'
import { listRoutes } from './routes/lists.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { myDataRoutes } from './routes/my-data.ts'
import { notificationRoutes } from './routes/notifications.ts'
import { operationRoutes } from './routes/operation.ts'
import { periodRoutes } from './routes/period.ts'
import { planRoutes } from './routes/plans.ts'
import { privacyRoutes } from './routes/privacy.ts'
import { publicConfigRoutes } from './routes/public-config.ts'
import { receiptRoutes } from './routes/receipts.ts'
import { recordRoutes } from './routes/record.ts'
import { referenceRoutes } from './routes/reference.ts'
import { registryRoutes } from './routes/registry.ts'
import { reportRoutes } from './routes/reports.ts'
import { resourceRoutes } from './routes/resources.ts'
import { revealBudgetRoutes } from './routes/reveal-budgets.ts'
import { roundRoutes } from './routes/rounds.ts'
import { sceneRoutes } from './routes/scenes.ts'
import { screenRoutes } from './routes/screens.ts'
import { sessionRoutes } from './routes/session.ts'
import { sessionsRoutes } from './routes/sessions.ts'
import { setupRoutes } from './routes/setup.ts'
import { signInRuleRoutes } from './routes/sign-in-rules.ts'
import { siteRoutes } from './routes/sites.ts'
import { situationRoutes } from './routes/situation.ts'
import { thresholdRoutes } from './routes/thresholds.ts'
import { transferRoutes } from './routes/transfers.ts'
import { yesterdayRoutes } from './routes/yesterday.ts'
import { securityHeaders } from './security-headers.ts'
import { logsSecurity } from './security-log.ts'
import { utf8Only } from './utf8-only.ts'

export type { AppDeps } from './env.ts'

const DESCRIPTION =
  'Numbers are read here or followed on /live; cases are worked here, and the change comes back on /live. Every error is {error: {code, message, details}}.'

/** What of a page's request goes along with the questions that the hub answers before the page asks them. */
const READERS_OWN = ['host', 'cookie', 'accept-language', 'user-agent']

/** Everything the hub serves over HTTP, as one Fetch-API application. Needs the bindings of HubBindings. */
export function createApp(deps: AppDeps) {
  const app = createRouter()
  const areas = areaDirectory(deps.db, deps.clock)
  let country: PublicNumbers | undefined
  const everywhere = async () => {
    country ??= publicNumbers(
      deps,
      (await areas.list(NATION)).map(({ code }) => code),
    )
    return country
  }
  app.onError(onError)
  app.notFound(
    dashboardPages(deps, async (c, path) => {
      const headers = new Headers({ accept: 'application/json' })
      for (const name of READERS_OWN) {
        const value = c.req.header(name)
        if (value !== undefined) headers.set(name, value)
      }
      return app.fetch(new Request(new URL(path, c.req.url), { headers }), c.env)
    }),
  )
  app.use(requestContext(deps), securityHeaders(deps.config.mapboxToken !== undefined))
  app.use(logsSecurity(deps), ownHostOnly(deps.config.publicUrl), oldAddresses)
  app.use('/api/*', rateLimit(deps.config.requestsPerMinute))
  app.use('/api/*', sameOriginOnly(deps.config.publicUrl), identifies(deps), logsRefusals(deps), utf8Only)
  const document = () =>
    app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'Jitasa', version: deps.version ?? 'dev', description: DESCRIPTION },
    })
  return app
    .route('/', healthRoutes(deps))
    .route('/', metricsRoutes(deps))
    .route('/', publicConfigRoutes(deps))
    .route('/', referenceRoutes(document))
    .route('/', situationRoutes(deps, areas))
    .route('/', feedRoutes(deps))
    .route('/', historyRoutes(deps))
    .route('/', areaRoutes(areas))
    .route('/', siteRoutes(deps, areas))
    .route('/', deadlineRoutes(deps))
    .route('/', sessionRoutes(deps))
    .route('/', sessionsRoutes(deps))
    .route('/', factorRoutes(deps))
    .route('/', signInRuleRoutes(deps))
    .route('/', accountRoutes(deps))
    .route('/', invitationRoutes(deps))
    .route('/', screenRoutes(deps))
    .route('/', sceneRoutes(deps))
    .route('/', receiptRoutes(deps))
    .route('/', keyRoutes(deps))
    .route('/', auditRoutes(deps))
    .route('/', operationRoutes(deps))
    .route('/', thresholdRoutes(deps))
    .route('/', holdMinutesRoutes(deps))
    .route('/', revealBudgetRoutes(deps))
    .route('/', notificationRoutes(deps))
    .route('/', helpRoutes(deps))
    .route('/', helpFollowRoutes(deps))
    .route('/', myDataRoutes(deps))
    .route('/', privacyRoutes(deps))
    .route('/', recordRoutes(deps))
    .route('/', careRoutes(deps))
    .route('/', caseRoutes(deps))
    .route('/', correctionRoutes(deps))
    .route('/', caseCommandRoutes(deps))
    .route('/', claimRoutes(deps))
    .route('/', transferRoutes(deps))
    .route('/', facilityRoutes(deps))
    .route('/', reportRoutes(deps))
    .route('/', planRoutes(deps))
    .route('/', roundRoutes(deps))
    .route('/', resourceRoutes(deps))
    .route('/', callDeskRoutes(deps))
    .route('/', alertRoutes(deps))
    .route('/', alertRuleRoutes(deps))
    .route('/', periodRoutes(deps))
    .route('/', briefingRoutes(deps))
    .route('/', listRoutes(deps))
    .route('/', capRoutes(deps))
    .route('/', publicCapRoutes(deps))
    .route('/', fhirRoutes(deps))
    .route('/', dhis2Routes(deps, areas))
    .route('/', ogcRoutes(deps, areas, everywhere))
    .route('/', odataRoutes(deps, areas, everywhere))
    .route('/', registryRoutes(deps))
    .route('/', lateRoutes(deps))
    .route('/', yesterdayRoutes(deps))
    .route('/', setupRoutes(deps))
}
