import { routesWith } from '../../dashboard/src/pages/routes.ts'

type Visits = readonly (readonly [login: string | null, ...addresses: string[]])[]

/**
 * Every route of the dashboard, and who looks at which addresses of it (`null`: the public). `CASE` and `FACILITY` are those of
 * an inhabited database (inhabited.ts).
 */
export const WALKS: Readonly<Record<string, Visits>> = {
  '/': [
    [null, '/'],
    ['rescue', '/'],
    ['governor', '/'],
    ['staff', '/'],
  ],
  '/home': [['rescue', '/home']],
  '/wall': [
    [null, '/wall'],
    ['command', '/wall'],
  ],
  '/wall/:place': [
    [null, '/wall/50'],
    ['governor', '/wall/50'],
  ],
  '/province/:code': [
    [null, '/province/50', '/province/99'],
    ['chief', '/province/50'],
    ['governor', '/province/50'],
  ],
  '/help': [[null, '/help', '/help?step=needs']],
  '/help/status': [[null, '/help/status#AAAA-AAAA-AAAAA']],
  '/privacy': [[null, '/privacy']],
  '/record': [['vhv', '/record']],
  '/record/check': [['vhv', '/record/check', '/record/check?case=CASE']],
  '/record/:kind': [
    ['vhv', '/record/request', '/record/patient', '/record/test', '/record/dose', '/record/vulnerable'],
  ],
  '/sign-in': [[null, '/sign-in']],
  '/account': [['rescue', '/account']],
  '/facility': [['staff', '/facility']],
  '/facility/:id': [['staff', '/facility/FACILITY']],
  '/facilities': [['administrator', '/facilities']],
  '/facilities/:id': [['administrator', '/facilities/new', '/facilities/FACILITY']],
  '/beds': [['beds', '/beds', '/beds?tab=held']],
  '/desk': [['hotline', '/desk']],
  '/find': [['hotline', '/find']],
  '/board': [
    ['rescue', '/board'],
    ['chief', '/board'],
    ['beds', '/board'],
  ],
  '/admin/:section?': [
    [
      'administrator',
      '/admin/start',
      '/admin/facilities',
      '/admin/accounts',
      '/admin/invitations',
      '/admin/screens',
      '/admin/operation',
      '/admin/sign-in',
      '/admin/privacy',
      '/admin/keys',
      '/admin/webhooks',
      '/admin/audit',
    ],
    ['auditor', '/admin/audit'],
  ],
  '/case/:id': [
    ['rescue', '/case/CASE'],
    ['chief', '/case/CASE'],
    ['vhv', '/case/CASE'],
    ['beds', '/case/CASE'],
  ],
  '/invitation': [[null, '/invitation']],
  '/screen': [[null, '/screen']],
  '/alerts': [
    ['governor', '/alerts', '/alerts?tab=history'],
    ['command', '/alerts?tab=rules'],
  ],
  '/care': [['vhv', '/care']],
  '/vulnerable': [['vhv', '/vulnerable']],
  '/period': [['governor', '/period']],
  '/corrections': [
    ['governor', '/corrections'],
    ['administrator', '/corrections?show=closed'],
  ],
  '/late': [['governor', '/late']],
  '/notifications': [['rescue', '/notifications']],
  '/list': [
    ['chief', '/list?area=5001&metric=waiting'],
    ['governor', '/list?area=50&metric=cases', '/list?area=50&metric=doses', '/list?area=50&metric=beds.occupied.3'],
    ['command', '/list?area=TH&metric=waiting'],
  ],
  '/*': [[null, '/no-such-page']],
}

/** An address in a language; what stands behind its hash stays last. */
export function inLanguage(address: string, language: string): string {
  const [path = '', hash] = address.split('#')
  return `${path}${path.includes('?') ? '&' : '?'}lang=${language}${hash === undefined ? '' : `#${hash}`}`
}

/** The routes of the dashboard, as addresses with their parameters. */
export function routesOfDashboard(): string[] {
  const routes = routesWith(((load: unknown) => load) as never)
  const join = (base: string, path: string) =>
    path === '/' && base !== '' ? base : `${base}/${path}`.replace(/\/+/g, '/')
  return routes.flatMap(({ path, children }) => {
    const at = join('', String(path))
    return children === undefined ? [at] : [children].flat().map((child) => join(at, String(child.path)))
  })
}
