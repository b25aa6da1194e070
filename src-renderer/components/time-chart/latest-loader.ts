/**
 * Answers for a question that keeps changing: one request in flight, the newest question wins, what
 * was asked in between is never sent. The last good answer stays until a newer one is there.
 */
export interface LoaderState<Question, Answer> {
  readonly answer: { readonly question: Question; readonly value: Answer } | null
  /** Of the newest question; gone with the next good answer. */
  readonly failure: unknown
  readonly loading: boolean
}

export interface LatestLoader<Question, Answer> {
  /** `soon`: waits until the questions pause (a wheel that turns); otherwise at once. */
  readonly ask: (question: Question, soon?: boolean) => void
  readonly retry: () => void
  readonly state: () => LoaderState<Question, Answer>
  readonly subscribe: (listener: () => void) => () => void
  readonly stop: () => void
}

export interface LoaderPorts<Question, Answer> {
  readonly load: (question: Question) => Promise<Answer>
  readonly pauseMs: number
  readonly later: (run: () => void, ms: number) => () => void
}

export const createLatestLoader = <Question, Answer>({
  load,
  pauseMs,
  later,
}: LoaderPorts<Question, Answer>): LatestLoader<Question, Answer> => {
  const listeners = new Set<() => void>()
  let state: LoaderState<Question, Answer> = { answer: null, failure: undefined, loading: false }
  let waiting: { readonly question: Question } | null = null
  let last: { readonly question: Question } | null = null
  let cancel: (() => void) | null = null
  let inFlight = false
  let stopped = false

  const tell = (change: Partial<LoaderState<Question, Answer>>): void => {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  const send = async (): Promise<void> => {
    const next = waiting
    if (next === null || inFlight || stopped) return
    waiting = null
    inFlight = true
    tell({ loading: true })
    const done = await load(next.question).then(
      (value) => ({ answer: { question: next.question, value }, failure: undefined }),
      (failure: unknown) => ({ failure }),
    )
    inFlight = false
    if (stopped) return
    // A pause that is still being waited for sends the newer question when it ends.
    const more = waiting !== null
    tell({ ...done, loading: more })
    if (more && cancel === null) void send()
  }

  const ask = (question: Question, soon = false): void => {
    if (stopped) return
    waiting = { question }
    last = waiting
    cancel?.()
    cancel = null
    if (!soon) {
      void send()
      return
    }
    cancel = later(() => {
      cancel = null
      void send()
    }, pauseMs)
  }

  return {
    ask,
    retry: () => {
      if (last !== null) ask(last.question)
    },
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: () => {
      stopped = true
      cancel?.()
      listeners.clear()
    },
  }
}
