/**
 * A decimal number of a bank file as minor units, exactly: no float on the way. `digits` is what the
 * currency has after the point (ISO 4217). More decimals than that are taken only when they are
 * zeros. Null: it is no amount, or none that can be kept exactly.
 */
export const minorUnitsOf = (
  text: string,
  digits: number,
  decimal: ',' | '.' | 'either' = 'either',
): number | null => {
  const compact = text.replaceAll(/[\s'’]/gu, '')
  const signed = /^([+-]?)(.+?)([+-]?)$/u.exec(compact)
  if (signed === null) return null
  const [, before = '', number = '', behind = ''] = signed
  if (before !== '' && behind !== '') return null
  const plain = withPoint(number, decimal)
  const parts = plain === null ? null : /^(\d{1,15})(?:\.(\d*))?$/u.exec(plain)
  if (parts === null) return null
  const [, whole = '', fraction = ''] = parts
  if (/[^0]/u.test(fraction.slice(digits))) return null
  const units = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'))
  if (!Number.isSafeInteger(units)) return null
  return before === '-' || behind === '-' ? (units === 0 ? 0 : -units) : units
}

/** Thousands' marks go, the decimal mark becomes a point; null: the marks make no number. */
const withPoint = (number: string, decimal: ',' | '.' | 'either'): string | null => {
  if (!/^[\d.,]+$/u.test(number) || !/^\d/u.test(number)) return null
  const mark = decimal === 'either' ? markOf(number) : decimal
  const other = mark === ',' ? '.' : ','
  const [whole = '', fraction, ...more] = number.split(mark)
  if (more.length > 0 || fraction?.includes(other) === true) return null
  if (whole.includes(other) && !isGrouped(whole.replaceAll(other, ','))) return null
  return `${whole.replaceAll(other, '')}${fraction === undefined ? '' : `.${fraction}`}`
}

/** Threes, or as in India a three behind twos: 12,34,567. */
const isGrouped = (whole: string): boolean =>
  /^\d{1,3}(?:,\d{3})+$/u.test(whole) || /^\d{1,2}(?:,\d{2})+,\d{3}$/u.test(whole)

/**
 * Which of the two is the decimal mark: the last one, where both are. A lone mark that stands several
 * times parts thousands. One lone mark before exactly three digits could be either: the caller who
 * knows the file says which; here it is the decimal one.
 */
const markOf = (number: string): ',' | '.' => {
  const comma = number.lastIndexOf(',')
  const point = number.lastIndexOf('.')
  if (comma >= 0 && point >= 0) return comma > point ? ',' : '.'
  const mark = comma >= 0 ? ',' : '.'
  const isThousands = number.split(mark).length > 2
  return isThousands ? (mark === ',' ? '.' : ',') : mark
}
