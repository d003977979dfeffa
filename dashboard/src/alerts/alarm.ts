import { createSignal } from 'solid-js'
import { ALERT_SEVERITIES, type AlertSeverity } from '../../../hub/contract/vocabulary/alerts.ts'
import { ring } from '../ui/chime.ts'

const KEY = 'jitasa.alarm'
const kept = localStorage.getItem(KEY)
const [least, setLeast] = createSignal<AlertSeverity | null>(ALERT_SEVERITIES.find((each) => each === kept) ?? null)

/** From which severity on this screen sounds; `null`: silent, until somebody at it says otherwise. */
export const alarmFrom = least

/** @param from kept on this machine. A browser lets a page sound only after a press: this is it, and it is heard. */
export function setAlarm(from: AlertSeverity | null): void {
  setLeast(from)
  if (from === null) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, from)
  if (from !== null) ring()
}
