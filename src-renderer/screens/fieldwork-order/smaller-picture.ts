/** Longest side of what is kept, pixels: a label is legible on it, and it is a few hundred kilobytes. */
const longest = 1920
const enough = 700_000

/**
 * A picture small enough to be kept by the thousand: one that is large is drawn smaller, as JPEG. That takes
 * the camera's notes (place, device) off, too. Null: it is no picture.
 */
export const smallerPicture = async (
  file: File,
): Promise<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } | null> => {
  let picture: ImageBitmap
  try {
    picture = await createImageBitmap(file)
  } catch {
    return null
  }
  try {
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
    if (scale === 1 && file.size <= enough && /\.(?:jpe?g|png)$/iu.test(file.name)) {
      return { name: file.name.slice(-200), bytes: new Uint8Array(await file.arrayBuffer()) }
    }
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(picture.width * scale)),
      Math.max(1, Math.round(picture.height * scale)),
    )
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })
    return { name: 'photo.jpg', bytes: new Uint8Array(await blob.arrayBuffer()) }
  } finally {
    picture.close()
  }
}
