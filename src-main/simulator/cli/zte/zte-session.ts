import type { PonPort } from '../../population/olt-model.ts'
import { findOnu } from '../../population/provision.ts'
import type { CliIo } from '../cli-io.ts'
import type { CliOlt } from '../personality.ts'

/** C300 and C320 on one side, C600 and C620 (TITAN) on the other. */
export type ZteKind = 'c300' | 'c600'

export type ZteView = 'user' | 'enable' | 'config' | 'olt' | 'onu' | 'vport' | 'mng'

export interface ZteSession {
  readonly kind: ZteKind
  readonly olt: CliOlt
  readonly io: CliIo
  view: ZteView
  /** Of the views `olt`, `onu`, `vport` and `mng`: number of the PON in the model. */
  pon: number
  /** Of `onu`, `vport` and `mng`. */
  onuId: number
  vport: number
  over: boolean
}

export const privileged: readonly ZteView[] = ['enable', 'config', 'olt', 'onu', 'vport', 'mng']
export const configuring: readonly ZteView[] = ['config', 'olt', 'onu', 'vport', 'mng']

/** What is said of things that are not there or there already, and of lines that are none. */
export const zteErrors = {
  c300: {
    invalid: "%Error 20200: Invalid input detected at '^' marker.",
    wrong: "%Error 20202: Invalid input detected at '^' marker.Invalid parameter",
    incomplete: '%Error 20203: Incomplete command',
    ambiguous: '%Error 20204: Ambiguous command',
    busy: '%Code 62400-GPONSRV : System is busy.',
    password: '%Error 20208: Bad password',
    login: '%Error 20209: No username or bad password',
    missing: '%Code 62397-GPONSRV: The entry is not existed.',
  },
  c600: {
    invalid: "%Error 140303: Invalid input detected at '^' marker.",
    wrong: "%Error 140303: Invalid input detected at '^' marker.",
    incomplete: '%Error 140305: Incomplete command.',
    ambiguous: '%Error 140301: Ambiguous command',
    busy: '%Error 140400: System is busy.',
    password: '%Error 140308: Bad password',
    login: '% Username or password error',
    missing: '%Code 62397: The entry is not existed.',
  },
} as const satisfies Readonly<Record<ZteKind, Readonly<Record<string, string>>>>

/** Words of refusals that the captures do not hold: invented, in the family's manner. */
export const zteRefusals = {
  serial: '%Code 62309-GPONSRV : The SN already exists.',
  onu: '%Code 62308-GPONSRV : The ONU has been created already.',
  type: '%Code 62312-GPONSRV : The ONU type profile does not exist.',
  profile: '%Code 64012-GPONSRV : The profile does not exist.',
  vlan: '%Code 64031-GPONSRV : The VLAN does not exist.',
  gem: '%Code 64020-GPONSRV : The gemport does not exist.',
  tcont: '%Code 64021-GPONSRV : The tcont does not exist.',
  used: '%Code 64022-GPONSRV : The entry is used by another.',
  offline: '%Code 62330-GPONSRV : ONU is offline.',
} as const

export const successful = '[Successful]'

const placeText = ({ shelf, slot, port }: PonPort): string => `${shelf}/${slot}/${port}`

export const oltInterface = (session: ZteSession, pon: number): string => {
  const at = placeText(session.olt.model.pons[pon] as PonPort)
  return session.kind === 'c300' ? `gpon-olt_${at}` : `gpon_olt-${at}`
}

/** Without its kind: `1/2/1:3`. */
export const onuPlace = (session: ZteSession, onu: number): string => {
  const { onus, pons } = session.olt.model
  return `${placeText(pons[onus.pon[onu] as number] as PonPort)}:${onus.onuId[onu] as number}`
}

export const onuInterface = (session: ZteSession, onu: number): string =>
  `${session.kind === 'c300' ? 'gpon-onu_' : 'gpon_onu-'}${onuPlace(session, onu)}`

export type ZteInterface =
  | { readonly kind: 'olt'; readonly pon: number }
  | { readonly kind: 'onu'; readonly pon: number; readonly onuId: number }
  | { readonly kind: 'vport'; readonly pon: number; readonly onuId: number; readonly vport: number }

/** `gpon-olt_1/2/1`, `gpon_onu-1/2/1:3`, `vport-1/2/1.3:1`; undefined: no such name or port. */
export const readInterface = (session: ZteSession, name: string): ZteInterface | undefined => {
  const pattern =
    session.kind === 'c300'
      ? /^gpon-(olt|onu)_(\d+\/\d+\/\d+)(?::(\d+))?$/
      : /^(?:gpon_(olt|onu)-|(vport)-)(\d+\/\d+\/\d+)(?:\.(\d+))?(?::(\d+))?$/
  const match = pattern.exec(name)
  if (match === null) return undefined
  const isOld = session.kind === 'c300'
  const kind = match[1] ?? match[2]
  const at = isOld ? match[2] : match[3]
  const pon = session.olt.model.pons.findIndex((one) => placeText(one) === at)
  const last = Number(isOld ? match[3] : match[5])
  const middle = Number(match[4])
  if (pon < 0) return undefined
  if (kind === 'olt') return Number.isNaN(last) ? { kind, pon } : undefined
  if (Number.isNaN(last)) return undefined
  if (kind === 'onu') return Number.isNaN(middle) || isOld ? { kind, pon, onuId: last } : undefined
  return Number.isNaN(middle) ? undefined : { kind: 'vport', pon, onuId: middle, vport: last }
}

/** The row of the ONU whose view this is; undefined: it has been deleted meanwhile. */
export const onuHere = (session: ZteSession): number | undefined =>
  findOnu(session.olt.model, session.pon, session.onuId)

/** The row that a name of an ONU's interface stands for. */
export const onuNamed = (session: ZteSession, name: string): number | undefined => {
  const found = readInterface(session, name)
  return found?.kind === 'onu' ? findOnu(session.olt.model, found.pon, found.onuId) : undefined
}

export const say = (session: ZteSession, text: string): Promise<void> => session.io.print(text)

export const missing = (session: ZteSession): Promise<void> =>
  say(session, zteErrors[session.kind].missing)

export const wrong = (session: ZteSession): Promise<void> =>
  say(session, zteErrors[session.kind].wrong)
