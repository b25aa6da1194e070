import { spawn } from 'node:child_process'
import type { BenchOlt } from './plant.ts'

/** One column of one OLT, as Debian's snmpbulkwalk reads it: a process per column. */
export interface PeerWalk {
  readonly olt: BenchOlt
  readonly oid: string
}

/**
 * CPU of all walks together, user and system, as bash's `time` sees its children, µs. Cheapest
 * settings for the peer: no MIB files, numeric short output, into /dev/null.
 */
export const timePeer = async (
  walks: readonly PeerWalk[],
  maxRepetitions: number,
): Promise<{ cpuMicros: number; wallMs: number }> => {
  const script = `TIMEFORMAT='%3U %3S'
    time while read -r address community oid; do
      snmpbulkwalk -v2c -c "$community" -Cr${maxRepetitions} -t 5 -r 2 -m '' -Onqt "$address" "$oid" >/dev/null
    done`
  const began = performance.now()
  const text = await bash(script, walks, 'stderr')
  const [user = Number.NaN, system = Number.NaN] = (text.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number)
  if (Number.isNaN(user + system)) throw new Error(`snmpbulkwalk: ${text}`)
  return { cpuMicros: Math.round((user + system) * 1e6), wallMs: performance.now() - began }
}

/** Nothing lies there: a walk of it costs the peer's start-up and one question. */
export const emptySubtree = '1.3.6.1.4.1.49999.1'

/** CPU of all walks together less that of as many walks of nothing, µs. */
export const startUpFree = async (
  walks: readonly PeerWalk[],
  maxRepetitions: number,
): Promise<number> => {
  const whole = await timePeer(walks, maxRepetitions)
  const nothing = walks.map(({ olt }) => ({ olt, oid: emptySubtree }))
  const startUp = await timePeer(nothing, maxRepetitions)
  return whole.cpuMicros - startUp.cpuMicros
}

/** How many varbinds the peer prints for these walks. */
export const countPeer = async (walks: readonly PeerWalk[]): Promise<number> => {
  const script = `while read -r address community oid; do
      snmpbulkwalk -v2c -c "$community" -Cr20 -t 5 -r 2 -m '' -Onqt "$address" "$oid"
    done | grep -vc 'No Such'`
  return Number(await bash(script, walks, 'stdout'))
}

const bash = (
  script: string,
  walks: readonly PeerWalk[],
  stream: 'stdout' | 'stderr',
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', script], {
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let text = ''
    child[stream].on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(text)
      else reject(new Error(`snmpbulkwalk ended with ${code}: ${text}`))
    })
    child.stdin.on('error', () => undefined)
    child.stdin.end(
      walks.map(({ olt, oid }) => `${olt.host}:${olt.port} ${olt.community} ${oid}\n`).join(''),
    )
  })
