import type { SnmpClock } from '../olt/snmp/clock.ts'
import { openSnmpSession, type SnmpSession } from '../olt/snmp/session.ts'
import type { Recording } from './recording.ts'
import { createReplayAgent } from './replay-agent.ts'

/** An agent in memory answers at once or never: a wait ends as soon as the loop has nothing to do. */
const createIdleClock = (): SnmpClock => {
  let now = 0
  return {
    monotonicMs: () => now,
    after: (delayMs, action) => {
      const handle = setImmediate(() => {
        now += delayMs
        action()
      })
      return () => clearImmediate(handle)
    },
  }
}

/** A session with a recording, without a socket: the same decoding as with the device itself. */
export const openRecordingSession = (recording: Recording): Promise<SnmpSession> => {
  const agent = createReplayAgent({ recording, community: 'public', maxReplyBytes: 60_000 })
  return openSnmpSession({
    host: 'recording',
    port: 161,
    version: '2c',
    community: Buffer.from('public'),
    timeoutMs: 1000,
    retries: 0,
    clock: createIdleClock(),
    openTransport: (_target, listener) => {
      let open = true
      return Promise.resolve({
        send: (datagram, onSent) => {
          onSent(null)
          const answer = agent.answer(datagram)
          queueMicrotask(() => {
            if (open && answer !== undefined) listener.onDatagram(answer)
          })
        },
        close: () => {
          open = false
        },
      })
    },
  })
}
