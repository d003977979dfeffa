import type { RouteDefinition } from '@solidjs/router'
import { HOME_PATH } from '../session/workplaces.ts'
import type { part as uiPart } from '../ui/part.tsx'

/** One entry per page; every page is a chunk of its own. @param part loads it: ui/part.tsx, or `lazy` where there is no page */
export const routesWith = (part: typeof uiPart): RouteDefinition[] => [
  { path: '/', component: part(() => import('./start/StartPage.tsx')) },
  { path: HOME_PATH, component: part(() => import('./HomePage.tsx')) },
  { path: '/wall', component: part(() => import('./wall/WallPage.tsx')) },
  { path: '/wall/:place', component: part(() => import('./wall/WallPage.tsx')) },
  { path: '/province/:code', component: part(() => import('./province/ProvincePage.tsx')) },
  { path: '/help', component: part(() => import('./help/HelpPage.tsx')) },
  { path: '/help/status', component: part(() => import('./help/StatusPage.tsx')) },
  { path: '/privacy', component: part(() => import('./privacy/PrivacyPage.tsx')) },
  {
    path: '/record',
    component: part(() => import('./record/RecordPage.tsx')),
    children: [
      { path: '/', component: part(() => import('./record/RecordHome.tsx')) },
      { path: '/check', component: part(() => import('./record/CheckPage.tsx')) },
      { path: '/:kind', component: part(() => import('./record/RecordFormPage.tsx')) },
    ],
  },
  { path: '/sign-in', component: part(() => import('./sign-in/SignInPage.tsx')) },
  { path: '/account', component: part(() => import('./account/AccountPage.tsx')) },
  { path: '/facility', component: part(() => import('./facility/FacilityListPage.tsx')) },
  { path: '/facility/:id', component: part(() => import('./facility/FacilityPage.tsx')) },
  { path: '/facilities', component: part(() => import('./registry/RegistryPage.tsx')) },
  { path: '/facilities/:id', component: part(() => import('./registry/RecordPage.tsx')) },
  { path: '/beds', component: part(() => import('./beds/BedsPage.tsx')) },
  { path: '/desk', component: part(() => import('./desk/HotlinePage.tsx')) },
  { path: '/find', component: part(() => import('./find/FindPage.tsx')) },
  { path: '/board', component: part(() => import('./board/BoardPage.tsx')) },
  { path: '/admin/:section?', component: part(() => import('./admin/AdminPage.tsx')) },
  { path: '/case/:id', component: part(() => import('./case/CasePage.tsx')) },
  { path: '/invitation', component: part(() => import('./invitation/InvitationPage.tsx')) },
  { path: '/screen', component: part(() => import('./invitation/ScreenPage.tsx')) },
  { path: '/alerts', component: part(() => import('./alerts/AlertsPage.tsx')) },
  { path: '/care', component: part(() => import('./care/CarePage.tsx')) },
  { path: '/vulnerable', component: part(() => import('./vulnerable/VulnerablePage.tsx')) },
  { path: '/period', component: part(() => import('./period/PeriodPage.tsx')) },
  { path: '/corrections', component: part(() => import('./corrections/CorrectionsPage.tsx')) },
  { path: '/late', component: part(() => import('./late/LatePage.tsx')) },
  { path: '/notifications', component: part(() => import('./notifications/NotificationsPage.tsx')) },
  { path: '/list', component: part(() => import('./list/ListPage.tsx')) },
  { path: '*', component: part(() => import('./NotFoundPage.tsx')) },
]
