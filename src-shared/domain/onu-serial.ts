/**
 * What identifies an ONU, as the console writes it (olt/family/value-functions.ts): four letters of
 * the vendor and eight hex digits (G.984.3, 9.2.4.1), sixteen hex digits where there are no letters,
 * or a MAC address with colons. People write it with separators, in small letters, or all in hex.
 */
export const onuSerialOf = (typed: string): string => {
  const text = typed.normalize('NFKC').trim().toUpperCase()
  const plain = text.replaceAll(/[\s:.\-_]/gu, '')
  if (/^[0-9A-F]{12}$/u.test(plain) && (text !== plain || !/^[A-Z]{4}/u.test(plain))) {
    if (!/^[A-Z]{4}-?[0-9A-F]{8}$/u.test(text)) return plain.match(/../gu)?.join(':') ?? plain
  }
  if (/^(?:4[1-9A-F]|5[0-9A]){4}[0-9A-F]{8}$/u.test(plain)) {
    const letters = plain
      .slice(0, 8)
      .match(/../gu)
      ?.map((octet) => String.fromCharCode(Number.parseInt(octet, 16)))
    return (letters?.join('') ?? '') + plain.slice(8)
  }
  return plain
}
