import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import ssh2 from 'ssh2'
import type { AuthContext, Connection, ServerChannel } from 'ssh2'
import { listenForCli, type CliListener } from './cli-listener.ts'
import type { CliTerminal } from './cli-terminal.ts'

/** What old boxes offer and nothing else. */
const legacy = {
  kex: ['diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'],
  cipher: ['aes128-cbc', '3des-cbc'],
  hmac: ['hmac-sha1'],
  serverHostKey: ['ssh-rsa'],
} as const satisfies ssh2.Algorithms

export type SshLogin = (userName: string, password: string) => 'in' | 'wrong' | 'locked'

export interface SshListenerOptions {
  readonly host: string
  readonly port: number
  /** OpenSSH's format. */
  readonly hostKey: () => string
  readonly legacyOnly: () => boolean
  readonly login: SshLogin
  /** False: nobody is let in now. */
  readonly isOpen: () => boolean
  readonly onTerminal: (terminal: CliTerminal, userName: string) => void
}

/** Listens for SSH. `renew` takes another host key or other algorithms from the next connection on. */
export const listenSsh = async (
  options: SshListenerOptions,
): Promise<CliListener & { readonly renew: () => void }> => {
  const sockets = new Set<Socket>()
  let rsa: string | null = null
  const rsaKey = (): string =>
    (rsa ??= generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
    }).privateKey)

  const create = (): ssh2.Server => {
    const old = options.legacyOnly()
    return new ssh2.Server(
      {
        hostKeys: [old ? rsaKey() : options.hostKey()],
        ident: 'OLT',
        ...(old ? { algorithms: legacy } : {}),
      },
      (connection) => {
        connection.on('error', () => connection.end())
        serve(connection, options)
      },
    )
  }
  let protocol: ssh2.Server | null = null
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    if (!options.isOpen()) {
      socket.destroy()
      return
    }
    protocol ??= create()
    protocol.injectSocket(socket)
  })
  const listener = await listenForCli(server, sockets, options)
  return {
    ...listener,
    renew: () => {
      protocol = null
    },
  }
}

/** Passwords only: what an OLT takes. */
const serve = (connection: Connection, options: SshListenerOptions): void => {
  let userName = ''
  const settle = (context: AuthContext, password: string): void => {
    const outcome = options.login(context.username, password)
    if (outcome === 'in') {
      userName = context.username
      context.accept()
      return
    }
    context.reject(['password', 'keyboard-interactive'])
    if (outcome === 'locked') connection.end()
  }
  connection.on('authentication', (context) => {
    switch (context.method) {
      case 'password':
        return settle(context, context.password)
      case 'keyboard-interactive':
        return context.prompt([{ prompt: 'Password: ', echo: false }], (answers) => {
          settle(context, answers[0] ?? '')
        })
      default:
        return context.reject(['password', 'keyboard-interactive'])
    }
  })
  connection.on('ready', () => {
    connection.on('session', (acceptSession) => {
      const session = acceptSession()
      session.on('pty', (accept) => accept?.())
      session.on('window-change', (accept) => accept?.())
      session.on('exec', (_accept, reject) => reject?.())
      session.on('sftp', (_accept, reject) => reject?.())
      session.on('shell', (accept) => {
        options.onTerminal(terminalOf(accept(), connection), userName)
      })
    })
  })
}

/** How long the other end may take to read what was said before the connection is closed. */
const lingerMs = 1_000

const terminalOf = (channel: ServerChannel, connection: Connection): CliTerminal => {
  let isClosed = false
  let isEnding = false
  const listeners: (() => void)[] = []
  const closed = (): void => {
    if (isClosed) return
    isClosed = true
    for (const listener of listeners.splice(0)) listener()
  }
  channel.on('close', closed)
  channel.on('error', closed)
  connection.on('close', closed)
  return {
    kind: 'ssh',
    peer: '',
    write: (octets) => {
      if (!isClosed && channel.writable) channel.write(Buffer.from(octets))
    },
    drained: () =>
      new Promise((resolve) => {
        if (isClosed || !channel.writableNeedDrain) {
          resolve()
          return
        }
        channel.once('drain', () => resolve())
        listeners.push(resolve)
      }),
    onData: (listener) => {
      channel.on('data', (octets: Buffer) => listener(octets))
    },
    onClose: (listener) => {
      if (isClosed) listener()
      else listeners.push(listener)
    },
    close: () => {
      if (isEnding) return
      isEnding = true
      // clients that are told goodbye before the channel is closed lose what was said last
      const leave = (): void => {
        clearTimeout(timer)
        connection.end()
      }
      const timer = setTimeout(leave, lingerMs)
      channel.once('close', leave)
      channel.exit(0)
      channel.end()
    },
  }
}
