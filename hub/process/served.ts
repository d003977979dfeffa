import { createClient, SILENT_MS } from '../../db/client.ts'
import { createAccountsClient } from '../../db/queries/accounts-client.ts'
import { takeOrders } from '../../db/queries/screen-orders.ts'
import type { Authorizer } from '../authorize/authorizer.ts'
import { createApp } from '../http/app.ts'
import { mayRead } from '../http/auth/access.ts'
import { createAccounts } from '../http/auth/accounts.ts'
import type { FetchHandler } from '../http/bridge.ts'
import type { AppDeps } from '../http/env.ts'
import { createScreensApp } from '../http/screens-app.ts'
import { leaseTimes } from '../work/needs/lease.ts'
import { createCaseWork } from '../work/services.ts'
import { type HubOptions, type HubUrls, publicUrlOf } from './hub-options.ts'

/** What a hub answers over HTTP. */
export type Served = {
  readonly fetch: FetchHandler
  /** a screen has painted these orders */
  tookOrders(ids: readonly number[]): void
  close(): Promise<void>
}

type Shown = Omit<HubOptions, 'build'> &
  Required<Pick<AppDeps, 'situation' | 'publicFeed' | 'sockets' | 'sourceState' | 'walls'>> & {
    readonly authorizer: Authorizer
    readonly build: () => string
  }

/** Commands, lists, accounts: all of it, on the database. */
export function serveApi(options: Shown, urls: HubUrls): Served {
  const { config, clock, logger, metrics, authorizer, secret } = options
  const db = createClient(urls.apiUrl, { applicationName: 'jitasa api', silentMs: SILENT_MS })
  const accountsDb = createAccountsClient(urls.authUrl, { silentMs: SILENT_MS })
  const oidc =
    config.oidcIssuer && config.oidcClientId && config.oidcClientSecret
      ? {
          issuer: config.oidcIssuer,
          clientId: config.oidcClientId,
          clientSecret: config.oidcClientSecret,
          name: config.oidcName,
          acrValues: config.oidcAcr ?? [],
        }
      : undefined
  const accounts = createAccounts({
    ...{ db: accountsDb, secret, publicUrl: publicUrlOf(config), authorizer, clock, logger, oidc },
    passwordWords: config.passwordWords,
  })
  const caseWork = createCaseWork({
    ...{ secret, logger, metrics, smsWebhookUrl: config.smsWebhookUrl, leases: leaseTimes(config.leaseMinutes) },
    reach: { countries: config.smsCountries, perHour: config.smsPerHour },
    puzzles: { network: config.puzzleAboveNetwork, all: config.puzzleAbove },
  })
  const app = createApp({ ...depsOf(options), db, accounts, caseWork, mayRead })
  return {
    fetch: (request, bindings) => app.fetch(request, bindings),
    tookOrders(ids) {
      takeOrders(accountsDb, ids, new Date(clock.now())).catch((error: unknown) =>
        logger.error({ err: error }, 'what a screen has taken could not be written'),
      )
    },
    async close() {
      await db.destroy()
      await accountsDb.destroy()
    },
  }
}

/** For those who watch: everything that needs a database is passed on. */
export function serveScreens(options: Shown): Served {
  const { authorizer, config } = options
  const app = createScreensApp({ ...depsOf(options), authorizer, apiOrigin: config.apiOrigin ?? '' })
  return {
    fetch: (request, bindings) => app.fetch(request, bindings),
    // A hub with a database is told (fleet-walls.ts), and notes it.
    tookOrders: () => undefined,
    close: () => app.close(),
  }
}

function depsOf(options: Shown) {
  const { config, clock, logger, metrics, situation, publicFeed, sockets, sourceState, walls, build } = options
  const { version, dashboardDir, metricsText, fleet } = options
  return {
    ...{ config, clock, logger, metrics, situation, publicFeed, sockets, sourceState, walls, build },
    ...(version ? { version } : {}),
    ...(dashboardDir ? { dashboardDir } : {}),
    ...(metricsText ? { metricsText } : {}),
    ...(fleet ? { fleet } : {}),
  }
}
