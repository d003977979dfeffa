import type { RouteDefinition } from '@solidjs/router'
import { lazy } from 'solid-js'

/** One entry per page; every page is a chunk of its own. */
export const routes: RouteDefinition[] = [
  { path: '/', component: lazy(() => import('./start/StartPage.tsx')) },
  { path: '/wall', component: lazy(() => import('./wall/WallPage.tsx')) },
  { path: '/wall/:province', component: lazy(() => import('./wall/WallPage.tsx')) },
  { path: '/province/:code', component: lazy(() => import('./province/ProvincePage.tsx')) },
  { path: '*', component: lazy(() => import('./NotFoundPage.tsx')) },
]
