import type { TrapSign } from './trap-access.ts'
import type { Trap } from './trap-message.ts'
import type { TrapMatcher } from './trap-rules.ts'

/** An OLT as the receiver knows it. */
export interface TrapSource {
  readonly oltId: string
  /** Null: its family has no rules, or it has not been recognised. */
  readonly match: TrapMatcher | null
  /** Where it answers SNMP; many agents send traps from that very port. */
  readonly port?: number | undefined
  /** It is read by this community; absent: by SNMPv3. */
  readonly community?: Buffer | undefined
}

/**
 * Which of the OLTs behind one address (NAT, or a simulated plant) sent a trap: told by the port it
 * came from, else by the user who signed it or the community it says, else by what it is about. What
 * it says of itself, its agent address (RFC 3584 section 3.1), is the OLT's own address in its own
 * network, which we do not know. Null: it cannot be told, and then nobody is taken for the sender.
 */
export const tellSender = (
  sources: readonly TrapSource[],
  from: { readonly port: number; readonly signedAs: TrapSign },
  trap: Trap,
): TrapSource | null => {
  const [first] = sources
  if (first === undefined || sources.length === 1) return first ?? null
  const byPort = only(sources.filter(({ port }) => port === from.port))
  if (byPort !== null) return byPort
  const signed = narrowed(sources, (source) => isSignedBy(source, from.signedAs))
  return only(narrowed(signed, ({ match }) => match?.(trap)?.generic === false))
}

const isSignedBy = ({ oltId, community }: TrapSource, sign: TrapSign): boolean =>
  'oltIds' in sign ? sign.oltIds.includes(oltId) : community?.equals(sign.community) === true

/** Those of which it is true; all of them where it is true of none, for then it tells nothing. */
const narrowed = (
  sources: readonly TrapSource[],
  holds: (source: TrapSource) => boolean,
): readonly TrapSource[] => {
  const found = sources.filter(holds)
  return found.length === 0 ? sources : found
}

const only = (sources: readonly TrapSource[]): TrapSource | null =>
  sources.length === 1 ? (sources[0] ?? null) : null
