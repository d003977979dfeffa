import { createSignal } from 'solid-js'

/** Which of several things is under way; none once it has ended, however it ended. */
export function createBusyWith<T>() {
  const [busy, setBusy] = createSignal<T>()
  const during = async <R>(what: T, work: () => Promise<R>): Promise<R> => {
    setBusy(() => what)
    try {
      return await work()
    } finally {
      setBusy(undefined)
    }
  }
  return [busy, during] as const
}

/** Whether something is under way. */
export function createBusy() {
  const [busy, during] = createBusyWith<true>()
  return [() => busy() ?? false, <R>(work: () => Promise<R>) => during(true, work)] as const
}
