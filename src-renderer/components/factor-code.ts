/** A code as a person types or pastes it. */
export type FactorCode =
  | { readonly kind: 'digits'; readonly code: string }
  | { readonly kind: 'other'; readonly code: string }

/** Six digits of an app, however they are spaced, or any other code; null: too short to be one. */
export const readFactorCode = (text: string): FactorCode | null => {
  const trimmed = text.trim()
  const plain = trimmed.replaceAll(/[\s-]/g, '')
  if (/^\d{6}$/.test(plain)) return { kind: 'digits', code: plain }
  return plain.length < 6 || trimmed.length > 40 ? null : { kind: 'other', code: trimmed }
}
