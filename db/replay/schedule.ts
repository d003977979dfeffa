export type Action = () => void

/** Actions by the second they fall due, in the order they were put in; empty seconds cost nothing. */
export type Schedule = {
  at(second: number, action: Action): void
  /** the earliest second with actions; Infinity when there are none */
  readonly next: number
  /** Runs all actions of `next`, also those that they put into the same second. */
  run(): void
}

export function createSchedule(): Schedule {
  const due = new Map<number, Action[]>()
  /** a binary heap of the seconds in `due` */
  const heap: number[] = []

  const push = (second: number) => {
    let i = heap.length
    heap.push(second)
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (heap[parent]! <= second) break
      heap[i] = heap[parent]!
      i = parent
    }
    heap[i] = second
  }

  const pop = () => {
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++
      if (heap[child]! >= last) break
      heap[i] = heap[child]!
      i = child
    }
    heap[i] = last
  }

  return {
    at(second, action) {
      const list = due.get(second)
      if (list) list.push(action)
      else {
        due.set(second, [action])
        push(second)
      }
    },
    get next() {
      return heap[0] ?? Number.POSITIVE_INFINITY
    },
    run() {
      const second = heap[0]
      if (second === undefined) return
      const list = due.get(second) ?? []
      for (let i = 0; i < list.length; i++) list[i]?.()
      due.delete(second)
      pop()
    },
  }
}
