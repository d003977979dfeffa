import { copyFile, stat, truncate } from 'node:fs/promises'

/** What a server says goes to one file; beyond this it moves to `<file>.1`, whose former content is given up. */
const LOG_BYTES_MAX = 16 << 20
const CHECK_MS = 60_000

async function bound(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  if (size <= LOG_BYTES_MAX) return
  await copyFile(file, `${file}.1`)
  // The server appends (O_APPEND), so what it writes next begins at the new end.
  await truncate(file)
}

/** Keeps the log within its bounds for as long as this process lives. @returns how to cease. */
export async function boundLog(file: string, onError: (error: Error) => void): Promise<() => void> {
  await bound(file)
  const timer = setInterval(() => bound(file).catch(onError), CHECK_MS)
  timer.unref()
  return () => clearInterval(timer)
}
