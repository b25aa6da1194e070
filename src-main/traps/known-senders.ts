import { createHash } from 'node:crypto'
import type { OltFamily } from '../olt/family/load-families.ts'
import { wipeCredentials } from '../olt/poller/snmp-credentials.ts'
import type { SnmpCredentials } from '../olt/snmp/session.ts'
import type { SnmpUser } from '../olt/snmp/usm/user.ts'
import { trapMatcherOf } from '../olt/traps/family-traps.ts'
import type { TrapSource } from '../olt/traps/tell-sender.ts'
import type { TrapSenders } from '../olt/traps/trap-access.ts'
import type { TrapMatcher } from '../olt/traps/trap-rules.ts'
import type { TrapUser } from '../olt/traps/trap-users.ts'
import type { HostAddresses } from './host-addresses.ts'

/** An OLT whose traps are heard. */
export interface TrapOlt {
  readonly oltId: string
  readonly name: string
  /** A name or an address. */
  readonly host: string
  readonly port: number
  /** Goes up when the OLT is changed, its way in among it. */
  readonly version: number
  /** Null: not recognised (yet). */
  readonly familyId: string | null
  /** Secrets, the caller's to wipe. Errors: `secret-unreadable`. */
  readonly access: () => SnmpCredentials
}

export interface KnownSenders {
  /** Looks whether OLTs, families or addresses have changed. True: `allowed` is another. */
  readonly refresh: (onlyKnownCommunities: boolean) => boolean
  readonly sourcesOf: (address: string) => readonly TrapSource[]
  /** Who may send, with secrets for the receiver to keep and to wipe. */
  readonly allowed: () => TrapSenders
  readonly nameOf: (oltId: string) => string | null
  /** Overwrites the secrets that are held here. */
  readonly wipe: () => void
}

const none: readonly TrapSource[] = []

/** Who sends traps: by address, by community and by user, as the OLTs are now. */
export const createKnownSenders = (deps: {
  readonly olts: () => readonly TrapOlt[]
  readonly families: () => readonly OltFamily[]
  readonly hosts: HostAddresses
}): KnownSenders => {
  const { hosts } = deps
  const matchers = new WeakMap<OltFamily, TrapMatcher>()
  const ofNoFamily = trapMatcherOf(null)
  let olts: readonly TrapOlt[] = []
  let byAddress = new Map<string, TrapSource[]>()
  let communities = new Map<string, Buffer>()
  let names = new Map<string, string>()
  let onlyKnown = false
  /** What the last look saw, to tell whether anything has changed. */
  let accessSeen = ''
  let sourcesSeen = ''
  let familiesSeen: readonly OltFamily[] = []

  const matcherOf = (familyId: string | null): TrapMatcher => {
    const family = familiesSeen.find((one) => one.family === familyId)
    if (family === undefined) return ofNoFamily
    const matcher = matchers.get(family) ?? trapMatcherOf(family)
    matchers.set(family, matcher)
    return matcher
  }

  const wipe = (): void => {
    for (const community of communities.values()) community.fill(0)
    communities = new Map()
  }

  const opened = (olt: TrapOlt): SnmpCredentials | null => {
    try {
      return olt.access()
    } catch {
      // The OLT's page says that its secret cannot be opened; its traps are those of an OLT still.
      return null
    }
  }

  const readCommunities = (): void => {
    wipe()
    for (const olt of olts) {
      const access = opened(olt)
      if (access === null) continue
      if (access.version === '3') wipeCredentials(access)
      else communities.set(olt.oltId, access.community)
    }
  }

  const listSources = (): void => {
    byAddress = new Map()
    for (const olt of olts) {
      const source: TrapSource = {
        oltId: olt.oltId,
        match: matcherOf(olt.familyId),
        port: olt.port,
        community: communities.get(olt.oltId),
      }
      for (const address of hosts.of(olt.host)) {
        const there = byAddress.get(address)
        if (there === undefined) byAddress.set(address, [source])
        else there.push(source)
      }
    }
  }

  return {
    refresh: (onlyKnownCommunities) => {
      olts = deps.olts()
      hosts.follow(olts.map(({ host }) => host))
      names = new Map(olts.map(({ oltId, name }) => [oltId, name]))
      const access = olts.map(({ oltId, version }) => `${oltId} ${version}`).join('\n')
      const sources = `${hosts.revision()}\n${olts
        .map(({ oltId, version, familyId }) => `${oltId} ${version} ${familyId}`)
        .join('\n')}`
      const accessMoved = access !== accessSeen
      const allowedMoved = accessMoved || onlyKnownCommunities !== onlyKnown
      const families = deps.families()
      accessSeen = access
      onlyKnown = onlyKnownCommunities
      if (accessMoved) readCommunities()
      if (sources !== sourcesSeen || families !== familiesSeen) {
        sourcesSeen = sources
        familiesSeen = families
        listSources()
      }
      return allowedMoved
    },
    sourcesOf: (address) => byAddress.get(canonical(address)) ?? none,
    allowed: () => ({
      communities: onlyKnown ? distinct([...communities.values()]) : 'any',
      users: usersOf(olts, opened),
    }),
    nameOf: (oltId) => names.get(oltId) ?? null,
    wipe,
  }
}

/** A link-local source carries the interface it came in by. */
const canonical = (address: string): string => address.split('%')[0] ?? address

/** Copies: the receiver overwrites its own. */
const distinct = (all: readonly Buffer[]): readonly Buffer[] =>
  [...new Set(all.map((one) => one.toString('latin1')))].map((one) => Buffer.from(one, 'latin1'))

/** The users by whom OLTs are read, each once with all its OLTs. */
const usersOf = (
  olts: readonly TrapOlt[],
  opened: (olt: TrapOlt) => SnmpCredentials | null,
): readonly TrapUser[] => {
  const users = new Map<string, { readonly user: SnmpUser; readonly oltIds: string[] }>()
  for (const olt of olts) {
    const access = opened(olt)
    if (access === null) continue
    if (access.version !== '3') {
      wipeCredentials(access)
      continue
    }
    const key = fingerprintOf(access.user)
    const same = users.get(key)
    if (same === undefined) {
      users.set(key, { user: access.user, oltIds: [olt.oltId] })
    } else {
      same.oltIds.push(olt.oltId)
      wipeCredentials(access)
    }
  }
  return [...users.values()].map(({ user, oltIds }) => ({ ...user, oltIds }))
}

/** The same for the same name, algorithms and secrets; nothing can be read from it. */
const fingerprintOf = ({ name, auth, priv }: SnmpUser): string => {
  const hash = createHash('sha256')
  for (const part of [name, auth?.protocol ?? '', priv?.protocol ?? '']) hash.update(`${part}\0`)
  for (const key of [auth, priv]) {
    hash.update(`${key?.secret.length ?? 0}\0`)
    if (key !== undefined) hash.update(key.secret)
  }
  return hash.digest('hex')
}
