import { isValidOnuAddress, packOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { PlantNodeKind } from '../tables.ts'

/** What people write in cells, as values. Null: it cannot be read. */

const kindWords: Readonly<Record<PlantNodeKind, readonly string[]>> = {
  zone: ['zone', 'zona', 'area', 'wilayah', 'region', 'cluster', 'klaster'],
  cabinet: ['cabinet', 'odc', 'kabinet', 'fdt', 'lemari'],
  splitter: ['splitter', 'spliter', 'pembagi', 'spl'],
  odb: ['odb', 'odp', 'box', 'kotak', 'fat', 'nap', 'dp', 'distribution box'],
}

export const readKind = (text: string): PlantNodeKind | null => {
  const word = text.toLowerCase()
  const found = Object.entries(kindWords).find(([, words]) => words.includes(word))
  return found === undefined ? null : (found[0] as PlantNodeKind)
}

/** "8", "8 port", "1:8", "1/8". */
export const readCapacity = (text: string): number | null => {
  const match = /^(?:1\s*[:/]\s*)?(\d{1,4})(?:\s*(?:ports?|core|way|arah))?$/iu.exec(text)
  const ports = Number(match?.[1] ?? 0)
  return ports >= 1 && ports <= 1024 ? ports : null
}

export const readPort = (text: string): number | null => {
  const match = /^(?:port\s*)?#?(\d{1,4})$/iu.exec(text)
  const port = Number(match?.[1] ?? 0)
  return port >= 1 && port <= 1024 ? port : null
}

/** "0/1/3", "0-1-3", "gpon-olt_1/2/3"; packed with onuId 0. */
export const readPon = (text: string): number | null => {
  const match = /^(?:\D*[^\d/-])?(\d+)[/-](\d+)[/-](\d+)$/u.exec(text)
  return match === null ? null : packed(match[1], match[2], match[3], '0')
}

/** "0/1/3:12", "0/1/3/12", "0-1-3-12", "gpon-onu_1/2/3:4"; packed. */
export const readOnuAddress = (text: string): number | null => {
  const match = /^(?:\D*[^\d/-])?(\d+)[/-](\d+)[/-](\d+)[:/.-](\d+)$/u.exec(text)
  return match === null ? null : packed(match[1], match[2], match[3], match[4])
}

/** A PON port, and the ONU's number on it in a cell of its own. */
export const readOnuOnPon = (pon: string, onuId: string): number | null => {
  if (!/^\d{1,4}$/u.test(onuId)) return null
  const port = readPon(pon)
  return port === null || Number(onuId) > 1023 ? null : port + Number(onuId)
}

const packed = (...parts: readonly (string | undefined)[]): number | null => {
  const [shelf = -1, slot = -1, port = -1, onuId = -1] = parts.map(Number)
  const address = { shelf, slot, port, onuId }
  return isValidOnuAddress(address) ? packOnuAddress(address) : null
}

/** "HWTC1A2B3C4D" and its form in 16 hex digits are one; upper case, without separators. */
export const serialKey = (text: string): string => {
  const plain = text.replaceAll(/[\s:-]/gu, '').toUpperCase()
  if (!/^[0-9A-F]{16}$/u.test(plain)) return plain
  const vendor = String.fromCodePoint(
    ...[0, 2, 4, 6].map((at) => Number.parseInt(plain.slice(at, at + 2), 16)),
  )
  return /^[A-Z0-9]{4}$/u.test(vendor) ? vendor + plain.slice(8) : plain
}

export interface ReadPoint {
  readonly latitude: number
  readonly longitude: number
}

/** "-6.2, 106.8", "-6,2; 106,8", "-6.2 106.8", "6.2 S 106.8 E". */
export const readPoint = (text: string): ReadPoint | null => {
  const halves =
    /^(.+?)\s*[;|]\s*(.+)$/u.exec(text) ?? /^(\S+\s*[NSULltsu]{0,2})[,\s]\s*(\S.*)$/u.exec(text)
  return halves === null ? null : pointOf(halves[1] ?? '', halves[2] ?? '')
}

export const pointOf = (latitudeText: string, longitudeText: string): ReadPoint | null => {
  const latitude = readDegrees(latitudeText, 90, /^(?:s|ls)$/iu, /^(?:n|lu|u)$/iu)
  const longitude = readDegrees(longitudeText, 180, /^(?:w|bb)$/iu, /^(?:e|t|bt)$/iu)
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

const readDegrees = (
  text: string,
  most: number,
  negative: RegExp,
  positive: RegExp,
): number | null => {
  const match = /^([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*(\p{L}{0,2})$/u.exec(
    text.trim().replace(/,$/u, ''),
  )
  if (match === null) return null
  const [, digits = '', side = ''] = match
  const isNegative = negative.test(side)
  if (side !== '' && !isNegative && !positive.test(side)) return null
  const degrees = Number(digits.replace(',', '.')) * (isNegative ? -1 : 1)
  return Math.abs(degrees) <= most ? degrees : null
}

/** Names of a path from the top: "Zone › Cabinet › ODB", also with > or » or " / ". */
export const readPath = (text: string): readonly string[] => {
  if (/[›»]/u.test(text)) return ownPath(text)
  const plain = text.includes('>') ? text.split('>') : text.split(/\s+\/\s+|\s*\\\s*/u)
  return plain.map((name) => name.trim()).filter((name) => name !== '')
}

/** As it is exported: a › inside a name is doubled. */
const ownPath = (text: string): readonly string[] =>
  text
    .replaceAll('››', '\0')
    .split(/[›»]/u)
    .map((name) => name.replaceAll('\0', '›').trim())
    .filter((name) => name !== '')

export const writePath = (names: readonly string[]): string =>
  names.map((name) => name.replaceAll('›', '››')).join(' › ')
