import { NocturneError } from '../../src-shared/errors.ts'
import { decodeText } from '../../src-shared/domain/decode-text.ts'

/**
 * What a document of a subscriber may be: a contract, a copy of an identity card, a photo of where
 * the line comes in. Told from the content; a name that says otherwise is refused. What a browser
 * would run (HTML, SVG) and what an office program would (macros) is never taken.
 */
interface FileType {
  readonly mediaType: string
  readonly endings: readonly string[]
  readonly is: (bytes: Buffer) => boolean
}

export const largestFile = 5 * 1024 * 1024

const begins = (bytes: Buffer, start: Buffer, at = 0): boolean =>
  bytes.subarray(at, at + start.length).equals(start)

const hex = (text: string): Buffer => Buffer.from(text, 'hex')

/** ISO 14496-12: a box `ftyp` with the brand of an image of its kind. */
const brand = (bytes: Buffer, brands: readonly string[]): boolean =>
  bytes.toString('latin1', 4, 8) === 'ftyp' && brands.includes(bytes.toString('latin1', 8, 12))

/** Where the directory of a ZIP archive names this file (APPNOTE 4.3.12). */
const names = (bytes: Buffer, entry: string): boolean =>
  bytes.includes(Buffer.from(entry, 'latin1'))

const isOffice = (bytes: Buffer, part: string): boolean =>
  begins(bytes, hex('504b0304')) &&
  names(bytes, '[Content_Types].xml') &&
  names(bytes, part) &&
  // SECURITY: an office file with macros is a program.
  !names(bytes, 'vbaProject.bin')

const types: readonly FileType[] = [
  {
    mediaType: 'application/pdf',
    endings: ['pdf'],
    is: (bytes) => begins(bytes, Buffer.from('%PDF-')),
  },
  {
    mediaType: 'image/jpeg',
    endings: ['jpg', 'jpeg'],
    is: (bytes) => begins(bytes, hex('ffd8ff')),
  },
  {
    mediaType: 'image/png',
    endings: ['png'],
    is: (bytes) => begins(bytes, hex('89504e470d0a1a0a')),
  },
  {
    mediaType: 'image/webp',
    endings: ['webp'],
    is: (bytes) => begins(bytes, Buffer.from('RIFF')) && begins(bytes, Buffer.from('WEBP'), 8),
  },
  {
    mediaType: 'image/heic',
    endings: ['heic', 'heif'],
    is: (bytes) => brand(bytes, ['heic', 'heix', 'mif1', 'msf1', 'hevc']),
  },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    endings: ['docx'],
    is: (bytes) => isOffice(bytes, 'word/'),
  },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    endings: ['xlsx'],
    is: (bytes) => isOffice(bytes, 'xl/'),
  },
]

const textEndings: Readonly<Record<string, string>> = { txt: 'text/plain', csv: 'text/csv' }

/** SECURITY: markup is no text here: a browser that is handed it would run what stands in it. */
const isMarkup = (text: string): boolean =>
  /^\s*(?:<\?xml|<!doctype|<!--|<[a-z][a-z0-9]*[\s/>])/iu.test(text)

const endingOf = (name: string): string =>
  /\.([a-z0-9]{1,5})$/iu.exec(name)?.[1]?.toLowerCase() ?? ''

/** Errors: `file-too-big`, `file-not-accepted`, `file-not-as-named`; `invalid-input` of an empty one. */
export const mediaTypeOf = (name: string, content: Uint8Array): string => {
  if (content.length === 0)
    throw new NocturneError('invalid-input', { field: 'bytes', rule: 'empty' })
  if (content.length > largestFile) {
    throw new NocturneError('file-too-big', { bytes: content.length, most: largestFile })
  }
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const ending = endingOf(name)
  const found = types.find((type) => type.is(bytes))
  const known = types.find((type) => type.endings.includes(ending))
  if (found !== undefined) {
    if (found !== known)
      throw new NocturneError('file-not-as-named', { name, ending, is: found.mediaType })
    return found.mediaType
  }
  if (known !== undefined)
    throw new NocturneError('file-not-as-named', { name, ending, is: 'unknown' })
  const asText = textEndings[ending]
  const text = asText === undefined ? null : decodeText(bytes)
  if (asText === undefined || text === null || isMarkup(text.text)) {
    throw new NocturneError('file-not-accepted', { name, ending })
  }
  return asText
}
