/** The same numbers in a larger array. */
export const wider = <Numbers extends Int32Array | Uint16Array | Uint8Array>(
  old: Numbers,
  larger: Numbers,
): Numbers => {
  larger.set(old)
  return larger
}
