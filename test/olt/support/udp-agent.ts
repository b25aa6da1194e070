import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { ScriptedAgent } from './scripted-agent.ts'

export interface UdpAgent {
  readonly port: number
  readonly socket: Socket
  readonly close: () => Promise<void>
}

/** The scripted agent on a free loopback port. */
export const serveOverUdp = async (agent: ScriptedAgent): Promise<UdpAgent> => {
  const socket = createSocket('udp4')
  socket.on('message', (datagram, { port, address }) => {
    for (const answer of agent.answer(datagram)) socket.send(answer, port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    port: socket.address().port,
    socket,
    close: async () => {
      socket.close()
      await once(socket, 'close')
    },
  }
}
