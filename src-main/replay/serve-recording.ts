import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readRecording } from './read-recording.ts'
import type { Recording } from './recording.ts'
import { createReplayAgent } from './replay-agent.ts'

export interface ServeRecordingOptions {
  readonly file: string
  /** 0: any free one. */
  readonly port: number
  /** Loopback unless the caller says otherwise: a recording may name a network's own devices. */
  readonly host?: string
  readonly community?: string
}

export interface ServedRecording {
  readonly host: string
  readonly port: number
  readonly recording: Recording
  /** Datagrams received and answered so far. */
  readonly counts: { readonly received: number; readonly answered: number }
  readonly stop: () => Promise<void>
}

/**
 * Serves a .snmprec or snmpwalk file as a real SNMP v2c agent. Errors: those of reading the file and
 * of binding the port.
 */
export const serveRecording = async (options: ServeRecordingOptions): Promise<ServedRecording> => {
  const { host = '127.0.0.1', community = 'public' } = options
  const recording = await readRecording(options.file)
  const agent = createReplayAgent({ recording, community })
  const socket = createSocket('udp4')
  const counts = { received: 0, answered: 0 }
  socket.on('message', (datagram, from) => {
    counts.received++
    const answer = agent.answer(datagram)
    if (answer === undefined) return
    counts.answered++
    // A poller that has gone is no matter of ours.
    socket.send(answer, from.port, from.address, () => undefined)
  })
  socket.bind(options.port, host)
  await once(socket, 'listening')
  socket.on('error', () => undefined)
  return {
    host,
    port: socket.address().port,
    recording,
    counts,
    stop: async () => {
      socket.close()
      await once(socket, 'close')
    },
  }
}
