import { cleanDeviceText } from './family/device-text.ts'
import { readNumber } from './snmp/ber-values.ts'
import { encodeOid, parseOid } from './snmp/oid.ts'
import type { WalkPace } from './snmp/pace.ts'
import type { SnmpSession } from './snmp/session.ts'
import { walk } from './snmp/walker.ts'

/** One interface of IF-MIB: what any OLT, known or not, can be seen by. */
export interface OltInterface {
  readonly ifIndex: number
  readonly name: string | null
  /** IANA ifType: 250 gpon, 6 ethernet, ... */
  readonly type: number | null
  readonly admin: InterfaceState
  readonly oper: InterfaceState
}

export type InterfaceState = 'up' | 'down' | 'other'

/** IANA ifType numbers of PON interfaces: gpon, and what a recording showed for its ONTs. */
const ponInterfaceTypes: ReadonlySet<number> = new Set([250, 270])

export const isPonInterface = ({ type, name }: OltInterface): boolean =>
  (type !== null && ponInterfaceTypes.has(type)) || /^x?g?s?-?[ge]pon/iu.test(name ?? '')

const columns = ['31.1.1.1.1', '2.2.1.3', '2.2.1.7', '2.2.1.8', '2.2.1.2'].map((tail) => ({
  oid: encodeOid(parseOid(`1.3.6.1.2.1.${tail}`)),
}))

const stateOf = (value: number): InterfaceState =>
  value === 1 ? 'up' : value === 2 ? 'down' : 'other'

/** The generic view: ifName (else ifDescr), ifType, ifAdminStatus, ifOperStatus. Errors: those of `walk`. */
export const readInterfaces = async (
  session: SnmpSession,
  pace: WalkPace,
  signal?: AbortSignal,
): Promise<readonly OltInterface[]> => {
  interface Draft {
    name?: string
    description?: string
    type?: number
    admin?: number
    oper?: number
  }
  const drafts = new Map<number, Draft>()
  await walk({
    session,
    pace,
    signal,
    columns,
    limits: { maxRows: 8192 },
    onVarbind: (column, arcs, arcCount, tag, buffer, start, end) => {
      if (arcCount !== 1) return
      const ifIndex = arcs[0] as number
      const draft = drafts.get(ifIndex) ?? {}
      drafts.set(ifIndex, draft)
      if (column === 0) draft.name = cleanDeviceText(buffer, start, end)
      if (column === 1) draft.type = readNumber(tag, buffer, start, end)
      if (column === 2) draft.admin = readNumber(tag, buffer, start, end)
      if (column === 3) draft.oper = readNumber(tag, buffer, start, end)
      if (column === 4) draft.description = cleanDeviceText(buffer, start, end)
    },
  })
  return [...drafts]
    .toSorted(([left], [right]) => left - right)
    .map(([ifIndex, { name, description, type, admin, oper }]) => ({
      ifIndex,
      name: nameOf(name) ?? nameOf(description),
      type: type === undefined || Number.isNaN(type) ? null : type,
      admin: stateOf(admin ?? 0),
      oper: stateOf(oper ?? 0),
    }))
}

const nameOf = (text: string | undefined): string | null =>
  text === undefined || text === '' ? null : text
