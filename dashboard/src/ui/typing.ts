const WRITES = 'input, select, textarea, [contenteditable], [role=dialog]'

/** Whether a key belongs to a field or a dialog, and is no short cut of the page. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(WRITES) !== null
}
