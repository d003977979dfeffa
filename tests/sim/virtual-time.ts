type Task = { readonly at: number; readonly order: number; readonly run: () => void; cancelled: boolean }

/** Time that moves only when everything due has run; tasks at one time run in the order they were made. */
export class VirtualTime {
  #now = 1_000_000
  #order = 0
  readonly #heap: Task[] = []

  readonly now = (): number => this.#now

  readonly after = (ms: number, run: () => void): (() => void) => {
    const task: Task = { at: this.#now + Math.max(0, ms), order: this.#order++, run, cancelled: false }
    this.#push(task)
    return () => {
      task.cancelled = true
    }
  }

  runUntil(end: number): void {
    for (let task = this.#heap[0]; task !== undefined && task.at <= end; task = this.#heap[0]) {
      this.#pop()
      this.#now = Math.max(this.#now, task.at)
      if (!task.cancelled) task.run()
    }
    this.#now = end
  }

  #push(task: Task): void {
    const heap = this.#heap
    let i = heap.push(task) - 1
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (!earlier(task, heap[parent]!)) break
      heap[i] = heap[parent]!
      i = parent
    }
    heap[i] = task
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()!
    if (heap.length === 0) return
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && earlier(heap[child + 1]!, heap[child]!)) child++
      if (!earlier(heap[child]!, last)) break
      heap[i] = heap[child]!
      i = child
    }
    heap[i] = last
  }
}

function earlier(a: Task, b: Task): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}
