import type { SnmpClock } from '../../../src-main/olt/snmp/clock.ts'
import {
  openSnmpSession,
  type SnmpSession,
  type SnmpSessionOptions,
} from '../../../src-main/olt/snmp/session.ts'
import type { ScriptedAgent } from './scripted-agent.ts'

/**
 * Time that passes only when nobody answers: a wait is over as soon as the loop has nothing else
 * to do. Answers of an agent in memory arrive before that.
 */
export const createIdleClock = (): SnmpClock & { readonly advance: (ms: number) => void } => {
  let now = 0
  return {
    monotonicMs: () => now,
    advance: (ms) => {
      now += ms
    },
    after: (delayMs, action) => {
      const handle = setImmediate(() => {
        now += delayMs
        action()
      })
      return () => clearImmediate(handle)
    },
  }
}

/** A session whose socket is a function call. GET needs a clock of net-snmp's own; only GETBULK is timed by ours. */
export const openMemorySession = (
  agent: ScriptedAgent,
  options: Partial<SnmpSessionOptions> = {},
): Promise<SnmpSession> =>
  openSnmpSession({
    host: 'olt.test',
    port: 161,
    version: '2c',
    community: Buffer.from('public'),
    timeoutMs: 1000,
    retries: 1,
    clock: createIdleClock(),
    openTransport: (_target, listener) => {
      let open = true
      return Promise.resolve({
        send: (datagram, onSent) => {
          onSent(null)
          const answers = agent.answer(Buffer.from(datagram))
          queueMicrotask(() => {
            for (const answer of answers) if (open) listener.onDatagram(answer)
          })
        },
        close: () => {
          open = false
        },
      })
    },
    ...options,
  })
