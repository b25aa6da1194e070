import { encode } from 'uqr'

export interface QrPath {
  /** Of the square's side, in modules. */
  readonly size: number
  /** Of the dark modules. */
  readonly path: string
}

/** A QR code as one path. Quiet zone of four (ISO/IEC 18004). */
export const qrPath = (data: string): QrPath => {
  const { data: rows, size } = encode(data, { ecc: 'M', border: 4 })
  const path = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
  return { size, path }
}
