/**
 * One text for one value: keys sorted by code unit, no white space, `undefined` members left out.
 * The audit chain hashes this text, so it never changes once landed.
 *
 * Throws TypeError for what JSON cannot carry faithfully (NaN, bigint, functions, bytes, Dates):
 * such a value in a command's result or parameters is a bug, not data.
 */
export const canonicalJson = (value: unknown): string => {
  if (value === undefined) return 'null'
  return write(value)
}

const write = (value: unknown): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') {
    return JSON.stringify(value)
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('canonical JSON: not a finite number')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) {
    return `[${value.map((item: unknown) => (item === undefined ? 'null' : write(item))).join(',')}]`
  }
  if (typeof value === 'object' && isPlain(value)) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => `${JSON.stringify(key)}:${write(member)}`)
    return `{${members.join(',')}}`
  }
  throw new TypeError(`canonical JSON: cannot carry a ${typeof value}`)
}

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
