import {
  createTrapReceiver,
  type TrapClock,
  type TrapReceiver,
  type TrapReceiverOptions,
  type TrapStats,
} from '../../../src-main/olt/traps/trap-receiver.ts'

import type { TrapNews } from '../../../src-main/olt/traps/gather-news.ts'

export interface OpenReceiver {
  readonly receiver: TrapReceiver
  readonly port: number
  readonly news: TrapNews[]
  /** Lets the gathering time pass. */
  readonly gather: () => void
  /** Waits until the receiver has counted what the test waits for. */
  readonly until: (reached: (stats: TrapStats) => boolean) => Promise<TrapStats>
}

/** Time of the gathering is the test's; the flood guard's runs with the machine's unless told. */
export const openReceiver = async (
  options: Partial<TrapReceiverOptions> = {},
): Promise<OpenReceiver> => {
  let pending: (() => void) | null = null
  const clock: TrapClock = {
    now: () => Date.UTC(2026, 10, 22),
    monotonic: () => performance.now(),
    after: (_delayMs, run) => {
      pending = run
      return () => {
        pending = null
      }
    },
  }
  const news: TrapNews[] = []
  const receiver = createTrapReceiver({
    access: { communities: 'any', users: [] },
    sourcesOf: (address) => (address === '127.0.0.1' ? [{ oltId: 'olt-1', match: null }] : []),
    clock,
    port: 0,
    addresses: ['127.0.0.1'],
    ...options,
  })
  receiver.onTrap((one) => news.push(one))
  const { port } = await receiver.start()
  return {
    receiver,
    port,
    news,
    gather: () => {
      const run = pending
      pending = null
      run?.()
    },
    until: async (reached) => {
      for (let turn = 0; turn < 5000; turn++) {
        const stats = receiver.stats()
        if (reached(stats)) return stats
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      throw new Error(`not reached: ${JSON.stringify(receiver.stats())}`)
    },
  }
}
