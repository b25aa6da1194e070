import { NocturneError } from '../../src-shared/errors.ts'

/** What a photo of an employee may be: small, and what it says it is. */
const photoTypes = ['jpeg', 'png', 'webp'] as const
export type PhotoType = (typeof photoTypes)[number]

export interface Photo {
  readonly type: PhotoType
  readonly bytes: Buffer
}

export const largestPhoto = 200 * 1024

/** The first bytes of each format: what a file is, whatever it calls itself. */
const typeOf = (bytes: Buffer): PhotoType | null => {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpeg'
  if (bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return 'png'
  const isRiff = bytes.toString('latin1', 0, 4) === 'RIFF'
  return isRiff && bytes.toString('latin1', 8, 12) === 'WEBP' ? 'webp' : null
}

const refused = (rule: 'format' | 'too_big'): NocturneError =>
  new NocturneError('invalid-input', { field: 'photo', rule })

/** Of a data URL that has passed the contract's pattern. Errors: `invalid-input`. */
export const readPhoto = (dataUrl: string): Photo => {
  const comma = dataUrl.indexOf(',')
  const bytes = Buffer.from(dataUrl.slice(comma + 1), 'base64')
  if (bytes.length > largestPhoto) throw refused('too_big')
  const type = typeOf(bytes)
  // SECURITY: an SVG or a page that calls itself an image never gets into the store.
  if (type === null || !dataUrl.startsWith(`data:image/${type};base64,`)) throw refused('format')
  return { type, bytes }
}

export const photoUrl = ({ type, bytes }: Photo): string =>
  `data:image/${type};base64,${bytes.toString('base64')}`
