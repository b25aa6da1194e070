import type { PageScript } from './page.ts'

/** What the page measures of itself; ms. All "painted" means: the frame's work in the page ended. */
export interface TableProbe {
  /** Leaves for the ONU table; until its first rows (or its empty state) are painted. */
  readonly open: () => Promise<number>
  readonly sortHeads: () => number
  /** Clicks the column head; until the rows of the new order are painted. */
  readonly sort: (head: number) => Promise<number>
  /** Keys since the last call: until the rows for each are painted (no rows: until a frame is). */
  readonly takeKeys: () => KeyRecord
  readonly pendingKeys: () => number
  readonly startFrames: () => void
  readonly stopFrames: () => FrameRecord
}

/** From the key on. */
export interface KeyRecord {
  /** To the next frame: the letter is there. */
  readonly toFrame: readonly number[]
  /** To the first frame with rows of the answer. */
  readonly toAnswer: readonly number[]
  /** To the frame in which the whole screen is of the answer. */
  readonly toRows: readonly number[]
}

export interface FrameRecord {
  /** Between animation frames, as the page's clock gives them. */
  readonly intervals: readonly number[]
  /** Of the page's main thread in frames that scrolled. */
  readonly work: readonly number[]
  /** Frames in which a row near the window was still empty. */
  readonly unfinished: number
  /** px that were scrolled. */
  readonly distance: number
}

const watchTable = (): void => {
  if (Object.hasOwn(window, 'benchTable') || window.location.protocol === 'data:') return
  const painted = (): Promise<number> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.addEventListener('message', () => resolve(performance.now()))
        channel.port1.start()
        channel.port2.postMessage(0)
      })
    })
  const grid = (): Element | null => document.querySelector('[role="grid"]')
  const isBusy = (): boolean => grid()?.getAttribute('aria-busy') === 'true'
  const hasRows = (): boolean =>
    grid()?.querySelector('[data-index="0"] [role="gridcell"]:nth-child(3)') != null

  const isRowBusy = (row: Element): boolean => row.getAttribute('aria-busy') === 'true'
  /** A new answer is looked at from the top, and its rows may come over several frames. */
  const screenDrawn = async (): Promise<number> => {
    for (;;) {
      const at = await painted()
      // Only now: before the frame this question would itself lay the page out.
      const visible = Math.ceil((grid()?.clientHeight ?? 0) / 28)
      const rows = [...(grid()?.querySelectorAll<HTMLElement>('[data-index]') ?? [])]
      if (!rows.some((row) => Number(row.dataset['index']) < visible && isRowBusy(row))) return at
    }
  }

  /** Called when the grid has taken its answer: the table says itself whether it waits for one. */
  let settled: (() => void)[] = []
  new MutationObserver((records) => {
    if (settled.length === 0 || isBusy()) return
    const now = grid()
    // Rows carry the same mark; only the grid's own counts, or that it gave way to "no rows".
    if (
      now !== null &&
      !records.some(({ type, target }) => type === 'attributes' && target === now)
    )
      return
    const taken = settled
    settled = []
    for (const settle of taken) settle()
  }).observe(document, { subtree: true, childList: true, attributeFilter: ['aria-busy'] })
  const answered = (): Promise<void> => new Promise((resolve) => settled.push(resolve))

  let toRows: number[] = []
  let toFrame: number[] = []
  let toAnswer: number[] = []
  let pending = 0
  addEventListener('input', (event) => {
    if (!(event.target as HTMLElement).matches('[role="search"] input')) return
    const began = event.timeStamp
    pending++
    void painted().then((now) => toFrame.push(now - began))
    if (grid() === null) {
      void painted().then(() => pending--)
      return
    }
    const answer = answered()
    void answer.then(painted).then((now) => toAnswer.push(now - began))
    void answer.then(screenDrawn).then((now) => {
      pending--
      toRows.push(now - began)
    })
  })

  let intervals: number[] = []
  let work: number[] = []
  let unfinished = 0
  let from = 0
  let running = false
  let scrolledAt: number | null = null
  addEventListener(
    'scroll',
    () => {
      if (!running || scrolledAt !== null) return
      // Scroll events come at the beginning of a frame, before its animation callbacks.
      scrolledAt = performance.now()
      const began = scrolledAt
      void painted().then((now) => {
        work.push(now - began)
        scrolledAt = null
      })
    },
    true,
  )

  const probe: TableProbe = {
    open: async () => {
      const began = performance.now()
      window.location.hash = '#/onus'
      while (!hasRows() && document.querySelector('.nc-onus__nothing button') === null) {
        if (performance.now() - began > 30_000) throw new Error('no rows within 30 s')
        await new Promise(requestAnimationFrame)
      }
      return (await screenDrawn()) - began
    },
    sortHeads: () => document.querySelectorAll('[role="columnheader"] button').length,
    sort: async (head) => {
      const button = document.querySelectorAll<HTMLElement>('[role="columnheader"] button')[head]
      if (button === undefined) throw new Error(`no column head ${head}`)
      const began = performance.now()
      const done = answered()
      button.click()
      await done
      return (await screenDrawn()) - began
    },
    takeKeys: () => {
      const taken = { toRows, toAnswer, toFrame }
      toRows = []
      toAnswer = []
      toFrame = []
      return taken
    },
    pendingKeys: () => pending,
    startFrames: () => {
      intervals = []
      work = []
      unfinished = 0
      from = grid()?.scrollTop ?? 0
      running = true
      let last: number | null = null
      const frame = (now: number): void => {
        if (last !== null) intervals.push(now - last)
        last = now
        if (document.querySelector('[data-index][aria-busy="true"]') !== null) unfinished++
        if (running) requestAnimationFrame(frame)
      }
      requestAnimationFrame(frame)
    },
    stopFrames: () => {
      running = false
      return { intervals, work, unfinished, distance: (grid()?.scrollTop ?? 0) - from }
    },
  }
  Object.assign(window, { benchTable: probe })
}

export const tableProbe: PageScript = { run: watchTable, argument: null }

declare global {
  interface Window {
    readonly benchTable: TableProbe
  }
}
