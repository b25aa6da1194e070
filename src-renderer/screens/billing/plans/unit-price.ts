/** Millionths of the major unit: `0.0088` is 8800. Null: no such price. */
export const microsOf = (typed: string): number | null => {
  const match = /^(\d{1,9})(?:\.(\d{1,6}))?$/u.exec(typed)
  if (match === null) return null
  const micros = Number(`${match[1]}${(match[2] ?? '').padEnd(6, '0')}`)
  return Number.isSafeInteger(micros) && micros <= 1_000_000_000_000 ? micros : null
}

export const typedMicros = (micros: number | null): string => {
  if (micros === null) return ''
  const text = String(micros).padStart(7, '0')
  return `${text.slice(0, -6)}.${text.slice(-6)}`.replace(/\.?0+$/u, '')
}
