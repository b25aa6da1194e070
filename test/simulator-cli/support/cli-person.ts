import { connect } from 'node:net'
import ssh2 from 'ssh2'

/**
 * Somebody at a terminal: types octets and reads what comes, knowing nothing of prompts. Shares
 * nothing with the console's own transports.
 */
export interface CliPerson {
  readonly type: (text: string) => void
  /** Waits until what has come since the last call matches; gives it all. Rejects after 5 s. */
  readonly until: (pattern: RegExp) => Promise<string>
  /** Types a line with one Enter and waits for the pattern. */
  readonly say: (line: string, pattern: RegExp) => Promise<string>
  /** Resolves when the other end has closed, with what came last. */
  readonly gone: () => Promise<string>
  readonly isGone: () => boolean
  readonly leave: () => void
}

interface Wire {
  readonly write: (octets: Buffer) => void
  readonly end: () => void
}

const personOn = (start: (onData: (octets: Buffer) => void, onEnd: () => void) => Wire) => {
  let text = ''
  let over = false
  let look = (): void => {}
  const wire = start(
    (octets) => {
      text += octets.toString('latin1')
      look()
    },
    () => {
      over = true
      look()
    },
  )
  const wait = (isThere: () => boolean, what: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        look = () => {}
        reject(new Error(`waited for ${what}; came: ${JSON.stringify(text.slice(-400))}`))
      }, 5_000)
      look = () => {
        if (!isThere()) {
          if (!over) return
          clearTimeout(timer)
          look = () => {}
          reject(new Error(`gone while waiting for ${what}: ${JSON.stringify(text.slice(-400))}`))
          return
        }
        clearTimeout(timer)
        look = () => {}
        const all = text
        text = ''
        resolve(all)
      }
      look()
    })
  const type = (line: string): void => wire.write(Buffer.from(line, 'latin1'))
  const until = (pattern: RegExp): Promise<string> =>
    wait(() => pattern.test(text), String(pattern))
  const person: CliPerson = {
    type,
    until,
    say: (line, pattern) => {
      type(`${line}\r`)
      return until(pattern)
    },
    gone: () => wait(() => over, 'the end'),
    isGone: () => over,
    leave: () => wire.end(),
  }
  return person
}

/** By Telnet; options are refused and left out of the text. */
export const byTelnet = (port: number): CliPerson =>
  personOn((onData, onEnd) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', onEnd)
    socket.on('close', onEnd)
    socket.on('data', (octets) => {
      const plain: number[] = []
      for (let at = 0; at < octets.length; at++) {
        if (octets[at] === 255 && octets[at + 1] === 255) plain.push(255)
        if (octets[at] !== 255) plain.push(octets[at] as number)
        else at += octets[at + 1] === 255 ? 1 : 2
      }
      onData(Buffer.from(plain))
    })
    return { write: (octets) => socket.write(octets), end: () => socket.destroy() }
  })

export interface SshAccess {
  readonly port: number
  readonly userName: string
  readonly password: string
  readonly algorithms?: ssh2.Algorithms
}

/** By SSH with a shell. Rejects as the client does. */
export const bySsh = async (
  access: SshAccess,
): Promise<CliPerson & { readonly hostKey: Buffer }> => {
  const client = new ssh2.Client()
  let hostKey: Buffer = Buffer.alloc(0)
  const stream = await new Promise<ssh2.ClientChannel>((resolve, reject) => {
    client.on('error', reject)
    client.on('ready', () => {
      client.shell((error, channel) => (error ? reject(error) : resolve(channel)))
    })
    client.connect({
      host: '127.0.0.1',
      port: access.port,
      username: access.userName,
      password: access.password,
      readyTimeout: 5_000,
      hostVerifier: (key: Buffer) => {
        hostKey = key
        return true
      },
      ...(access.algorithms === undefined ? {} : { algorithms: access.algorithms }),
    })
  })
  const person = personOn((onData, onEnd) => {
    stream.on('data', onData)
    stream.on('close', onEnd)
    client.on('close', onEnd)
    return { write: (octets) => stream.write(octets), end: () => client.end() }
  })
  return { ...person, hostKey }
}
