import type { RouteDefinition } from '@solidjs/router'
import { lazy } from 'solid-js'
import { HOME_PATH } from '../session/workplaces.ts'

/** One entry per page; every page is a chunk of its own. */
export const routes: RouteDefinition[] = [
  { path: '/', component: lazy(() => import('./start/StartPage.tsx')) },
  { path: HOME_PATH, component: lazy(() => import('./HomePage.tsx')) },
  { path: '/wall', component: lazy(() => import('./wall/WallPage.tsx')) },
  { path: '/wall/:province', component: lazy(() => import('./wall/WallPage.tsx')) },
  { path: '/province/:code', component: lazy(() => import('./province/ProvincePage.tsx')) },
  { path: '/help', component: lazy(() => import('./help/HelpPage.tsx')) },
  { path: '/help/:code', component: lazy(() => import('./help/StatusPage.tsx')) },
  {
    path: '/record',
    component: lazy(() => import('./record/RecordPage.tsx')),
    children: [
      { path: '/', component: lazy(() => import('./record/RecordHome.tsx')) },
      { path: '/:kind', component: lazy(() => import('./record/RecordFormPage.tsx')) },
    ],
  },
  { path: '/sign-in', component: lazy(() => import('./sign-in/SignInPage.tsx')) },
  { path: '/facility', component: lazy(() => import('./facility/FacilityListPage.tsx')) },
  { path: '/facility/:id', component: lazy(() => import('./facility/FacilityPage.tsx')) },
  { path: '/board', component: lazy(() => import('./board/BoardPage.tsx')) },
  { path: '/admin/:section?', component: lazy(() => import('./admin/AdminPage.tsx')) },
  { path: '/case/:id', component: lazy(() => import('./case/CasePage.tsx')) },
  { path: '/invitation', component: lazy(() => import('./invitation/InvitationPage.tsx')) },
  { path: '/screen', component: lazy(() => import('./invitation/ScreenPage.tsx')) },
  { path: '/list', component: lazy(() => import('./list/ListPage.tsx')) },
  { path: '*', component: lazy(() => import('./NotFoundPage.tsx')) },
]
