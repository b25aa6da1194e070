import type { Output } from '../../../src-shared/contract/index.ts'
import { plainText } from './plain-text.ts'

export type UnknownTrap = Output<'traps.unknown'>['traps'][number]

/** linkDown, RFC 3418: a notification that every agent may send. */
export const linkDownTrap = '1.3.6.1.6.3.1.1.5.3'

/** Sends a trap from this machine to itself. */
export const testLine = (port: number): string =>
  `snmptrap -v 2c -c public 127.0.0.1:${port} '' ${linkDownTrap}`

/**
 * SECURITY: one word of a POSIX shell whatever it holds. It goes to the clipboard and from there to
 * a terminal, where a line break alone would run what follows it.
 */
export const shellWord = (text: string): string => {
  const plain = plainText(text)
  return /^[\w.:/@%+=,-]+$/.test(plain) ? plain : `'${plain.replaceAll("'", `'\\''`)}'`
}

const isOid = (text: string): boolean => /^\d+(?:\.\d+)+$/.test(text)

/**
 * The trap again, as a line for net-snmp's `snmptrap` against this console: whole numbers as
 * INTEGER, object ids as such, all else as text, for the kinds were not kept. Always version 2c:
 * a version 3 sender's secrets are not known here.
 */
export const snmptrapLine = (trap: UnknownTrap, port: number): string => {
  const words = trap.varbinds
    .filter(({ oid }) => isOid(oid))
    .flatMap(({ oid, text }) => [oid, kindOf(text), shellWord(text)])
  return ['snmptrap -v 2c -c public', `127.0.0.1:${port}`, "''", shellWord(trap.trapOid), ...words]
    .join(' ')
    .trim()
}

const kindOf = (text: string): 'i' | 'o' | 's' => {
  if (/^-?\d{1,10}$/.test(text) && Math.abs(Number(text)) <= 0x7fff_ffff) return 'i'
  return isOid(text) && text.split('.').length > 4 ? 'o' : 's'
}

/** For a ticket or a mail to the vendor: one fact a line. */
export const trapText = (trap: UnknownTrap): string =>
  [
    `trap ${plainText(trap.trapOid)}`,
    `version ${trap.version}`,
    `source ${plainText(trap.source)}${trap.oltName === null ? '' : ` (${plainText(trap.oltName)})`}`,
    ...(trap.agentAddress === null ? [] : [`agent ${plainText(trap.agentAddress)}`]),
    `count ${trap.count}`,
    `first ${new Date(trap.firstAt).toISOString()}`,
    `last ${new Date(trap.lastAt).toISOString()}`,
    ...trap.varbinds.map(({ oid, text }) => `${plainText(oid)} = ${plainText(text)}`),
  ].join('\n')
