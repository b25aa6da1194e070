/**
 * How families want a value written: a closed registry of small pure functions. Null: the value is
 * not of that kind.
 */
const gpon = /^([A-Z]{4})([0-9A-F]{8})$/u
const mac = /^[0-9A-F]{12}$/u

const hexOf = (letters: string): string =>
  Buffer.from(letters, 'latin1').toString('hex').toUpperCase()

const pairs = (text: string): string[] => text.match(/../gu) ?? []

export const valueFormats = {
  /** As it is. */
  plain: (value: string): string | null => value,
  /** `HWTC11E70E9A` as `4857544311E70E9A`: eight octets in hex. */
  'serial-hex': (value: string): string | null => {
    const form = gpon.exec(value)
    return form === null ? null : `${hexOf(form[1] ?? '')}${form[2] ?? ''}`
  },
  /** `AABBCCDDEEFF` as `aabb.ccdd.eeff`. */
  'mac-dotted': (value: string): string | null =>
    mac.test(value) ? (value.toLowerCase().match(/.{4}/gu) ?? []).join('.') : null,
  /** `AABBCCDDEEFF` as `aa:bb:cc:dd:ee:ff`. */
  'mac-colon': (value: string): string | null =>
    mac.test(value) ? pairs(value.toLowerCase()).join(':') : null,
} as const

export type ValueFormat = keyof typeof valueFormats
export const valueFormatNames = Object.keys(valueFormats) as readonly ValueFormat[]

export const formatValue = (format: ValueFormat, value: string): string | null =>
  valueFormats[format](value)

export const isValueFormat = (name: string): name is ValueFormat => name in valueFormats
