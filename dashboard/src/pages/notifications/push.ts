import type { AskingBody } from '../../api/http.ts'

const WORKER = '/push-worker.js'
/** Of no page but this one: the worker serves none, and /record has its own. */
const SCOPE = '/notifications'

/** What this browser can do about push messages; `insecure`: the page came over plain http. */
export type PushState = 'insecure' | 'unsupported' | 'denied' | 'off' | 'on'

type Subscribed = Pick<AskingBody<'POST /api/notifications/devices'>, 'endpoint' | 'keys'>

/** @param device the id that the hub gave this browser, while it stands in the list of the account's devices */
export function pushState(device: number | undefined): PushState {
  if (!window.isSecureContext) return 'insecure'
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) return 'unsupported'
  if (Notification.permission === 'denied') return 'denied'
  return device !== undefined && Notification.permission === 'granted' ? 'on' : 'off'
}

/**
 * Asks the person, and then the browser's push service for an address of this device.
 * @returns `denied` when the person does not want it
 * @throws Error when the push service cannot be reached
 */
export async function subscribe(key: string): Promise<Subscribed | 'denied'> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied'
  await navigator.serviceWorker.register(WORKER, { scope: SCOPE })
  // Push messages are taken by a worker that runs.
  const registration = await navigator.serviceWorker.ready
  // An older one may be of another key of the hub, which takes none of its messages.
  await (await registration.pushManager.getSubscription())?.unsubscribe()
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  const { endpoint = '', keys } = made.toJSON()
  return { endpoint, keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } }
}

export async function unsubscribe(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration(SCOPE)
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
}

const STORAGE_KEY = 'jitasa.push-device'

/** The id that the hub gave this browser. A browser may refuse storage; then the device is one of the list. */
export function rememberedDevice(): number | undefined {
  try {
    const kept = localStorage.getItem(STORAGE_KEY)
    return kept === null ? undefined : Number(kept)
  } catch {
    return undefined
  }
}

export function rememberDevice(device: number | undefined): void {
  try {
    if (device === undefined) localStorage.removeItem(STORAGE_KEY)
    else localStorage.setItem(STORAGE_KEY, String(device))
  } catch (error) {
    console.warn('This browser keeps nothing: the device stands in the list without a mark.', error)
  }
}

/** What the list of devices calls this one: browser and system, as far as they say it. */
export function deviceLabel(agent: string): string {
  const browser = /Edg/.test(agent)
    ? 'Edge'
    : /Firefox/.test(agent)
      ? 'Firefox'
      : /Chrom/.test(agent)
        ? 'Chrome'
        : /Safari/.test(agent)
          ? 'Safari'
          : 'Browser'
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac', 'Linux'].find((name) => agent.includes(name))
  return system === undefined ? browser : `${browser}, ${system}`
}
