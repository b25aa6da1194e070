/**
 * The console's page as a bench sees it: a DevTools connection of its own beside the stand-in's.
 * No Playwright here: what it installs in a page and listens to would be measured too.
 */
export interface BenchPage {
  /** Runs a function in the page and waits for its promise; it sees nothing of this module. */
  evaluate<Args extends readonly unknown[], Value>(
    run: (...args: Args) => Value | Promise<Value>,
    ...args: Args
  ): Promise<Value>
  /** Asks ten times a second until the answer is not null; also across a navigation. */
  until<Value>(ask: () => Value | null, what: string): Promise<Value>
  /** Runs it now and at the start of every later document; it must bear to run twice. */
  install(script: PageScript): Promise<void>
  /** A command of the DevTools protocol, as `Input.dispatchKeyEvent`. */
  send(method: string, params?: object): Promise<unknown>
  close(): void
}

/** A function that sees nothing of its module, and what it is called with. */
export interface PageScript {
  readonly run: (argument: never) => void
  readonly argument: unknown
}

interface Reply {
  readonly id?: number
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

const callTimeoutMs = 240_000
const untilTimeoutMs = 60_000
const askEveryMs = 100

const pageSocketUrl = async (endpoint: string): Promise<string> => {
  for (let attempt = 0; attempt < 100; attempt++) {
    const targets = (await (await fetch(`${endpoint}/json/list`)).json()) as {
      type: string
      webSocketDebuggerUrl?: string
    }[]
    const url = targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl
    if (url !== undefined) return url
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('Chromium has no page')
}

export const openBenchPage = async (endpoint: string): Promise<BenchPage> => {
  const socket = new WebSocket(await pageSocketUrl(endpoint))
  const waiting = new Map<number, (reply: Reply) => void>()
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply
    if (reply.id === undefined) return
    waiting.get(reply.id)?.(reply)
    waiting.delete(reply.id)
  })
  socket.addEventListener('close', () => {
    for (const settle of waiting.values()) settle({ error: { message: 'the page is gone' } })
    waiting.clear()
  })
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener('error', () => reject(new Error('no DevTools connection')), {
      once: true,
    })
  })

  const send: BenchPage['send'] = (method, params = {}) =>
    new Promise((resolve, reject) => {
      const id = ++last
      const timer = setTimeout(() => {
        waiting.delete(id)
        reject(new Error(`${method}: no answer within ${callTimeoutMs} ms`))
      }, callTimeoutMs)
      waiting.set(id, ({ result, error }) => {
        clearTimeout(timer)
        if (error === undefined) resolve(result)
        else reject(new Error(`${method}: ${error.message}`))
      })
      socket.send(JSON.stringify({ id, method, params }))
    })

  const expression = async (text: string): Promise<unknown> => {
    const { result, exceptionDetails } = (await send('Runtime.evaluate', {
      expression: text,
      awaitPromise: true,
      returnByValue: true,
    })) as {
      result: { value?: unknown }
      exceptionDetails?: { text: string; exception?: { description?: string } }
    }
    if (exceptionDetails !== undefined) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    }
    return result.value
  }

  const evaluate = async <Args extends readonly unknown[], Value>(
    run: (...args: Args) => Value | Promise<Value>,
    ...args: Args
  ): Promise<Value> =>
    (await expression(`(${run.toString()})(...${JSON.stringify(args)})`)) as Value

  await send('Page.enable')
  return {
    evaluate,
    async until(ask, what) {
      let last = 'nothing'
      for (const end = Date.now() + untilTimeoutMs; Date.now() < end;) {
        try {
          const value = await evaluate(ask)
          if (value !== null) return value
        } catch (error) {
          // The document it was asked of has just gone.
          last = String(error)
        }
        await new Promise((resolve) => setTimeout(resolve, askEveryMs))
      }
      throw new Error(`${what}: not within ${untilTimeoutMs} ms (${last})`)
    },
    async install({ run, argument }) {
      const source = `(${run.toString()})(${JSON.stringify(argument)})`
      await send('Page.addScriptToEvaluateOnNewDocument', { source })
      await expression(source)
    },
    send,
    close: () => socket.close(),
  }
}
