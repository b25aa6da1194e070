/** Of every host that this runs on (browser, Node); `lib` of src-shared names neither. */
declare const TextDecoder: new (
  label: string,
  options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean },
) => { decode(bytes: Uint8Array): string }

/** How a file's bytes are read as text: told from the bytes alone. */
export interface DecodedText {
  readonly text: string
  readonly encoding: 'UTF-8' | 'UTF-8 with BOM' | 'UTF-16 LE' | 'UTF-16 BE' | 'Windows-1252'
}

/** Null: it is no text (zero characters in it). */
export const decodeText = (bytes: Uint8Array): DecodedText | null => {
  const decoded = decode(bytes)
  return decoded.text.includes('\0') ? null : decoded
}

const decode = (bytes: Uint8Array): DecodedText => {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    const text = utf8(bytes.subarray(3))
    if (text !== null) return { text, encoding: 'UTF-8 with BOM' }
  }
  if (first === 0xff && second === 0xfe) return utf16(bytes.subarray(2), 'UTF-16 LE')
  if (first === 0xfe && second === 0xff) return utf16(bytes.subarray(2), 'UTF-16 BE')
  const wide = wideWithoutMark(bytes)
  if (wide !== null) return utf16(bytes, wide)
  const text = utf8(bytes)
  return text === null
    ? { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' }
    : { text, encoding: 'UTF-8' }
}

const utf8 = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

const utf16 = (bytes: Uint8Array, encoding: 'UTF-16 LE' | 'UTF-16 BE'): DecodedText => ({
  text: new TextDecoder(encoding === 'UTF-16 LE' ? 'utf-16le' : 'utf-16be').decode(bytes),
  encoding,
})

/** Latin letters in UTF-16 have a zero in every second byte, and no other text has zeros. */
const wideWithoutMark = (bytes: Uint8Array): 'UTF-16 LE' | 'UTF-16 BE' | null => {
  const looked = Math.min(bytes.length - (bytes.length % 2), 512)
  if (looked < 2 || bytes.length % 2 !== 0) return null
  let even = 0
  let odd = 0
  for (let at = 0; at < looked; at += 2) {
    if (bytes[at] === 0) even++
    if (bytes[at + 1] === 0) odd++
  }
  const most = looked / 2
  if (odd > most * 0.7 && even === 0) return 'UTF-16 LE'
  if (even > most * 0.7 && odd === 0) return 'UTF-16 BE'
  return null
}
