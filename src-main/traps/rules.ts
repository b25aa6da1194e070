import type { Output } from '../../src-shared/contract/index.ts'
import type { TrapLook } from '../olt/traps/trap-rules.ts'

export type LookView = Output<'traps.recent'>['news'][number]['looks'][number]

export const lookViewOf = (look: TrapLook): LookView =>
  look.kind === 'onu' ? { kind: 'onu', address: { ...look.pon, onuId: look.onuId } } : look

/**
 * The line that lets OLTs send to port 162 (docs/traps.md); null: none is needed. Windows lets any
 * program have that port.
 */
export const redirectLineOf = (platform: NodeJS.Platform, port: number): string | null => {
  if (port === 162) return null
  if (platform === 'linux') {
    return `sudo iptables -t nat -A PREROUTING -p udp --dport 162 -j REDIRECT --to-ports ${port}`
  }
  if (platform === 'darwin') {
    return `echo "rdr pass inet proto udp from any to any port 162 -> 127.0.0.1 port ${port}" | sudo pfctl -ef -`
  }
  return null
}
