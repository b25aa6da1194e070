/** The part of Electron's NativeImage that a screenshot needs. */
const widthOffset = 16 // of the IHDR chunk, RFC 2083 section 4.1.1

export const nativeImageOfPng = (png: Buffer) => ({
  toPNG: (): Buffer => png,
  toDataURL: (): string => `data:image/png;base64,${png.toString('base64')}`,
  isEmpty: (): boolean => png.length === 0,
  getSize: (): { width: number; height: number } => ({
    width: png.readUInt32BE(widthOffset),
    height: png.readUInt32BE(widthOffset + 4),
  }),
})
