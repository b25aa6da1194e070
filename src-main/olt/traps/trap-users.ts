import { sameCredentials, wipeCredentials } from '../poller/snmp-credentials.ts'
import { createUserKeys, type SnmpUser, type UserKeys } from '../snmp/usm/user.ts'

/** A user that may send traps, and the OLTs that are read as this user. */
export type TrapUser = SnmpUser & { readonly oltIds?: readonly string[] | undefined }

export interface KnownUser {
  readonly user: TrapUser
  /** Made when they are first needed; null: this build lacks an algorithm of theirs. */
  readonly keys: () => UserKeys | null
}

/**
 * The users we know. Many OLTs may have a user of one name with a password of its own each, so one
 * name gives several; who sends from an OLT's address is taken for that OLT's first.
 */
export interface TrapUsers {
  /** At most four, those of the OLTs `from` first: each costs a signature, or making its keys. */
  readonly named: (name: string, from: readonly string[]) => readonly KnownUser[]
  /** Takes other users in place of those before, whose secrets are overwritten. */
  readonly replace: (users: readonly TrapUser[]) => void
}

const maxTried = 4

export const createTrapUsers = (): TrapUsers => {
  let byName = new Map<string, Entry[]>()
  return {
    named: (name, from) => {
      const all = byName.get(name) ?? []
      if (all.length <= 1) return all
      const isTheirs = ({ user }: KnownUser): boolean =>
        user.oltIds?.some((id) => from.includes(id)) === true
      return [...all.filter(isTheirs), ...all.filter((one) => !isTheirs(one))].slice(0, maxTried)
    },
    replace: (users) => {
      const before = [...byName.values()].flat()
      byName = new Map()
      for (const user of users) {
        const old = before.find((one) => one.isSame(user))
        const entry = entryOf(user, old)
        byName.set(user.name, [...(byName.get(user.name) ?? []), entry])
      }
      const kept = new Set([...byName.values()].flat().map(({ secrets }) => secrets))
      for (const { secrets } of before) if (!kept.has(secrets)) secrets.wipe()
    },
  }
}

interface Secrets {
  readonly user: SnmpUser
  readonly keys: () => UserKeys | null
  readonly wipe: () => void
}

interface Entry extends KnownUser {
  readonly secrets: Secrets
  readonly isSame: (user: SnmpUser) => boolean
}

/** Keys that were made for the same secrets before are kept. */
const entryOf = (user: TrapUser, old: Entry | undefined): Entry => {
  const secrets = old?.secrets ?? secretsOf(user)
  if (old !== undefined && old.secrets.user !== user) wipeCredentials({ version: '3', user })
  return {
    user: { ...secrets.user, oltIds: user.oltIds },
    keys: secrets.keys,
    secrets,
    isSame: (other) =>
      sameCredentials({ version: '3', user: secrets.user }, { version: '3', user: other }),
  }
}

const secretsOf = (user: SnmpUser): Secrets => {
  let made: UserKeys | null | undefined
  return {
    user,
    keys: () => (made === undefined ? (made = keysOf(user)) : made),
    wipe: () => {
      made?.wipe()
      made = null
      wipeCredentials({ version: '3', user })
    },
  }
}

/** An algorithm that is missing was told when the OLT was added; its traps are refused. */
const keysOf = (user: SnmpUser): UserKeys | null => {
  try {
    return createUserKeys(user)
  } catch {
    return null
  }
}
