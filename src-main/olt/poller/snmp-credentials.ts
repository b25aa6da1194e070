import type { SnmpCredentials } from '../snmp/session.ts'
import type { SnmpUser } from '../snmp/usm/user.ts'

/** Every secret of a way in is overwritten; it is of no use afterwards. */
export const wipeCredentials = (access: SnmpCredentials): void => {
  if (access.version === '3') {
    access.user.auth?.secret.fill(0)
    access.user.priv?.secret.fill(0)
  } else {
    access.community.fill(0)
  }
}

export const sameCredentials = (a: SnmpCredentials, b: SnmpCredentials): boolean => {
  if (a.version === '3') return b.version === '3' && sameUser(a.user, b.user)
  return b.version !== '3' && a.version === b.version && a.community.equals(b.community)
}

const sameUser = (a: SnmpUser, b: SnmpUser): boolean =>
  a.name === b.name &&
  (a.context ?? '') === (b.context ?? '') &&
  sameKey(a.auth, b.auth) &&
  sameKey(a.priv, b.priv)

type Key = SnmpUser['auth'] | SnmpUser['priv']

const sameKey = (a: Key, b: Key): boolean =>
  a === undefined || b === undefined
    ? a === b
    : a.protocol === b.protocol && a.secret.equals(b.secret)
