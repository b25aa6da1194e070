import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runCommand } from '../../src-renderer/client/client.ts'
import { failureOf } from '../../src-renderer/client/hooks.ts'
import { answerStepUps } from '../../src-renderer/client/step-up.ts'

interface Sent {
  readonly name: string
  readonly commandId: string
}

const accountId = '01930000-0000-7000-8000-0000000000ab'

/** An engine that wants to know who is there until `steppedUp`. */
const engine = { steppedUp: false, sent: [] as Sent[] }

const refusal = { ok: false, error: { code: 'step-up-needed', params: {}, traceId: 'x' } }

beforeEach(() => {
  engine.steppedUp = false
  engine.sent = []
  vi.stubGlobal('window', {
    nocturne: {
      invoke: async (name: string, { commandId }: { readonly commandId: string }) => {
        engine.sent.push({ name, commandId })
        const allowed = engine.steppedUp
        await Promise.resolve()
        return allowed ? { ok: true, value: { until: 1 } } : refusal
      },
      on: () => () => undefined,
    },
  })
})
afterEach(() => vi.unstubAllGlobals())

const reset = () => runCommand('access.resetPassword', { accountId })
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'done'
  } catch (error) {
    return failureOf(error).code
  }
}

describe('a command that asks who is there', () => {
  it('is refused where nobody can be asked', async () => {
    expect(await codeOf(reset())).toBe('step-up-needed')
    expect(engine.sent).toHaveLength(1)
  })

  it('gives the refusal back when the person calls it off', async () => {
    const end = answerStepUps(async () => false)
    expect(await codeOf(reset())).toBe('step-up-needed')
    expect(engine.sent).toHaveLength(1)
    end()
  })

  it('is repeated under the same id when he has said who he is', async () => {
    const end = answerStepUps(async () => {
      engine.steppedUp = true
      return true
    })
    expect(await codeOf(reset())).toBe('done')
    expect(engine.sent.map(({ name }) => name)).toEqual([
      'access.resetPassword',
      'access.resetPassword',
    ])
    expect(new Set(engine.sent.map(({ commandId }) => commandId)).size).toBe(1)
    end()
  })

  it('shares one question with the others that were refused meanwhile', async () => {
    let answer: (yes: boolean) => void = () => undefined
    const ask = vi.fn(
      () =>
        new Promise<boolean>((resolve) => {
          answer = resolve
        }),
    )
    const end = answerStepUps(ask)
    const all = [reset(), reset(), reset()].map(codeOf)
    await vi.waitFor(() => expect(ask).toHaveBeenCalled())
    engine.steppedUp = true
    answer(true)
    expect(await Promise.all(all)).toEqual(['done', 'done', 'done'])
    expect(ask).toHaveBeenCalledOnce()
    expect(new Set(engine.sent.map(({ commandId }) => commandId)).size).toBe(3)
    end()
  })

  it('asks no second time for one that was on its way when he said it', async () => {
    const ask = vi.fn(async () => {
      engine.steppedUp = true
      return true
    })
    const end = answerStepUps(ask)
    let release: () => void = () => undefined
    const late = new Promise<void>((resolve) => {
      release = resolve
    })
    const invoke = window.nocturne.invoke
    let first = true
    vi.stubGlobal('window', {
      nocturne: {
        ...window.nocturne,
        invoke: async (name: string, input: unknown) => {
          if (!first) return invoke(name, input)
          first = false
          await late
          return refusal
        },
      },
    })
    const slow = codeOf(reset())
    expect(await codeOf(reset())).toBe('done')
    release()
    expect(await slow).toBe('done')
    expect(ask).toHaveBeenCalledOnce()
    end()
  })

  it('does not ask for ever where the engine goes on asking', async () => {
    const ask = vi.fn(async () => true)
    const end = answerStepUps(ask)
    expect(await codeOf(reset())).toBe('step-up-needed')
    expect(ask).toHaveBeenCalledTimes(2)
    end()
  })

  it('leaves every other refusal as it is', async () => {
    vi.stubGlobal('window', {
      nocturne: {
        invoke: async () => ({
          ok: false,
          error: { code: 'own-account', params: {}, traceId: 'x' },
        }),
        on: () => () => undefined,
      },
    })
    const ask = vi.fn(async () => true)
    const end = answerStepUps(ask)
    expect(await codeOf(reset())).toBe('own-account')
    expect(ask).not.toHaveBeenCalled()
    end()
  })
})
