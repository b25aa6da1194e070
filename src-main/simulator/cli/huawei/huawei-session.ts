import type { PonPort } from '../../population/olt-model.ts'
import { findOnu, type Serial } from '../../population/provision.ts'
import type { CliIo } from '../cli-io.ts'
import type { CliOlt } from '../personality.ts'

/** Views of a SmartAX (facts/olt.md 9.1). */
export type HuaweiView = 'user' | 'enable' | 'config' | 'gpon'

/** What a SmartAX remembers of one session. */
export interface HuaweiSession {
  readonly olt: CliOlt
  readonly io: CliIo
  view: HuaweiView
  /** Of the view `gpon`. */
  frame: number
  slot: number
  /** Asks for parameters that are left out: until `undo smart`. */
  smart: boolean
  /** Unsolicited lines are shown: until `infoswitch cli OFF`. */
  alarms: boolean
  over: boolean
}

export const privileged: readonly HuaweiView[] = ['enable', 'config', 'gpon']

export const rule = (dashes = 77): string => `  ${'-'.repeat(dashes)}`

/** Error lines begin two blanks and `Failure:` (facts/olt.md 9.1). */
export const fail = (session: HuaweiSession, reason: string): Promise<void> =>
  session.io.print(`  Failure: ${reason}`)

export const parameterError = (session: HuaweiSession): Promise<void> =>
  session.io.print("  % Parameter error, the error locates at '^'")

/** y or Y is yes; anything else, also nothing, is no. */
export const confirm = async (session: HuaweiSession, question: string): Promise<boolean> => {
  const answer = await session.io.ask(`  ${question} (y/n)[n]:`)
  return /^y/i.test(answer.trim())
}

/**
 * Asks for parameters that were left out, as long as `smart` is on; Enter goes on, and the box says
 * the whole command again. False: something else was typed, which is refused here.
 */
export const askParameters = async (
  session: HuaweiSession,
  choice: string,
  typed: string,
): Promise<boolean> => {
  if (!session.smart) return true
  const answer = await session.io.ask(`{ ${choice} }:`)
  if (answer.trim() !== '') {
    await parameterError(session)
    return false
  }
  session.io.say(`\n  Command:\n          ${typed.trim()}\n`)
  return true
}

/** `0/1/3` as the number of a PON; undefined: there is none. */
export const ponAt = (
  session: HuaweiSession,
  frame: number,
  slot: number,
  port: number,
): number | undefined => {
  const found = session.olt.model.pons.findIndex(
    (pon) => pon.shelf === frame && pon.slot === slot && pon.port === port,
  )
  return found < 0 ? undefined : found
}

/** The PON of this number in the view's own slot. */
export const ponHere = (session: HuaweiSession, port: number): number | undefined =>
  ponAt(session, session.frame, session.slot, port)

export const fspOf = (text: string): readonly [number, number, number] => {
  const [frame = 0, slot = 0, port = 0] = text.split('/').map(Number)
  return [frame, slot, port]
}

export const ontAt = (
  session: HuaweiSession,
  pon: number | undefined,
  ont: number,
): number | undefined => (pon === undefined ? undefined : findOnu(session.olt.model, pon, ont))

export const ponOf = (session: HuaweiSession, onu: number): PonPort => {
  const { model } = session.olt
  return model.pons[model.onus.pon[onu] as number] as PonPort
}

/** `4857544311E70E9A`, `HWTC11E70E9A` or `HWTC-11E70E9A`; undefined: none of them. */
export const readSerial = (text: string): Serial | undefined => {
  const hex = /^[0-9A-Fa-f]{16}$/.test(text)
    ? text
    : /^([A-Za-z0-9]{4})-?([0-9A-Fa-f]{8})$/
        .exec(text)
        ?.slice(1)
        .map((part, n) =>
          n === 0 ? Buffer.from(part.toUpperCase(), 'latin1').toString('hex') : part,
        )
        .join('')
  if (hex === undefined) return undefined
  return { vendor: Number.parseInt(hex.slice(0, 8), 16), number: Number.parseInt(hex.slice(8), 16) }
}

/** `4857544311E70E9A (HWTC-11E70E9A)`. */
export const showSerial = (vendor: number, number: number): string => {
  const hex = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0')
  const letters = Buffer.from(hex(vendor), 'hex').toString('latin1')
  return `${hex(vendor)}${hex(number)} (${letters}-${hex(number)})`
}

export const serialHex = (vendor: number, number: number): string =>
  showSerial(vendor, number).slice(0, 16)
