import { createServer, type Socket } from 'node:net'
import { listenForCli, type CliListener } from './cli-listener.ts'
import type { CliTerminal } from './cli-terminal.ts'

/** RFC 854, 857, 858, 1091, 1073. */
const telnet = {
  subEnd: 240,
  sub: 250,
  will: 251,
  wont: 252,
  do: 253,
  dont: 254,
  iac: 255,
  echo: 1,
  suppressGoAhead: 3,
  terminalType: 24,
  windowSize: 31,
} as const

/** We echo, nobody waits for a go-ahead, and we would like to know terminal and window. */
const opening = Buffer.from([
  telnet.iac, telnet.will, telnet.echo,
  telnet.iac, telnet.will, telnet.suppressGoAhead,
  telnet.iac, telnet.do, telnet.terminalType,
  telnet.iac, telnet.do, telnet.windowSize,
]) // prettier-ignore

const ours: readonly number[] = [telnet.echo, telnet.suppressGoAhead]
const theirs: readonly number[] = [telnet.terminalType, telnet.windowSize]

/**
 * Takes the options out of what comes and answers those that were not opened by us: refused, as RFC
 * 1143 wants it once. Gives the octets that are text; CR NUL is CR.
 */
export const telnetFilter = (
  answer: (octets: Uint8Array) => void,
): ((octets: Uint8Array) => Uint8Array) => {
  let state: 'text' | 'iac' | 'verb' | 'sub' | 'sub-iac' = 'text'
  let verb = 0
  let last = 0
  const refused = new Set<number>()
  const refuse = (verb2: number, option: number): void => {
    const key = verb2 * 256 + option
    if (refused.has(key)) return
    refused.add(key)
    answer(Uint8Array.from([telnet.iac, verb2, option]))
  }
  const negotiate = (option: number): void => {
    if (verb === telnet.do && !ours.includes(option)) refuse(telnet.wont, option)
    if (verb === telnet.will && !theirs.includes(option)) refuse(telnet.dont, option)
  }
  return (octets) => {
    const text: number[] = []
    for (const octet of octets) {
      switch (state) {
        case 'text':
          if (octet === telnet.iac) state = 'iac'
          else if (!(octet === 0 && last === 0x0d)) text.push(octet)
          last = octet
          break
        case 'iac':
          if (octet === telnet.iac) text.push(octet)
          verb = octet
          state =
            octet === telnet.sub
              ? 'sub'
              : octet >= telnet.will && octet <= telnet.dont
                ? 'verb'
                : 'text'
          break
        case 'verb':
          negotiate(octet)
          state = 'text'
          break
        case 'sub':
          if (octet === telnet.iac) state = 'sub-iac'
          break
        case 'sub-iac':
          state = octet === telnet.subEnd ? 'text' : 'sub'
          break
      }
    }
    return Uint8Array.from(text)
  }
}

/** Listens for Telnet. Rejects when the port cannot be had. */
export const listenTelnet = async (options: {
  readonly host: string
  readonly port: number
  readonly onTerminal: (terminal: CliTerminal) => void
}): Promise<CliListener> => {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    const filter = telnetFilter((octets) => socket.write(octets))
    socket.write(opening)
    options.onTerminal({
      kind: 'telnet',
      peer: socket.remoteAddress ?? '',
      write: (octets) => {
        // an octet 255 of text is written twice (RFC 854)
        const text = Buffer.from(octets)
        if (!socket.writable) return
        socket.write(
          text.includes(telnet.iac)
            ? Buffer.from([...text].flatMap((octet) => (octet === 255 ? [255, 255] : [octet])))
            : text,
        )
      },
      drained: () => socketDrained(socket),
      onData: (listener) => {
        socket.on('data', (octets: Buffer) => {
          const text = filter(octets)
          if (text.length > 0) listener(text)
        })
      },
      onClose: (listener) => {
        if (socket.destroyed) listener()
        else socket.once('close', listener)
      },
      close: () => {
        socket.end()
        socket.destroySoon()
      },
    })
  })
  return listenForCli(server, sockets, options)
}

const socketDrained = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (!socket.writableNeedDrain || socket.destroyed) {
      resolve()
      return
    }
    const done = (): void => {
      socket.off('drain', done)
      socket.off('close', done)
      resolve()
    }
    socket.on('drain', done)
    socket.on('close', done)
  })
