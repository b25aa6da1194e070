/** Makes a picked picture small enough to be kept: in the page, so that nothing large is sent. */

const mostSide = 320
/** Of the data URL's text; the contract takes 280,000: base64 of about 200 KB. */
const mostText = 270_000
const qualities = [0.86, 0.7, 0.5, 0.3] as const

/** As large as it may be in a square of `most`, in its own proportions; never larger than it is. */
export const fitInto = (
  { width, height }: { readonly width: number; readonly height: number },
  most: number,
): { readonly width: number; readonly height: number } => {
  const factor = Math.min(1, most / Math.max(width, height, 1))
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  }
}

/** A JPEG as a data URL; null: not a picture that the browser reads. */
export const makeSmallPhoto = async (file: Blob): Promise<string | null> => {
  // Of any type the browser reads: what is kept is drawn anew, with nothing else of the file in it.
  const picture = await createImageBitmap(file).catch(() => null)
  if (picture === null) return null
  try {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, fitInto(picture, mostSide))
    const drawing = canvas.getContext('2d')
    if (drawing === null) return null
    // A transparent picture would turn black in a JPEG.
    drawing.fillStyle = 'white'
    drawing.fillRect(0, 0, canvas.width, canvas.height)
    drawing.drawImage(picture, 0, 0, canvas.width, canvas.height)
    for (const quality of qualities) {
      const photo = canvas.toDataURL('image/jpeg', quality)
      if (photo.length <= mostText) return photo
    }
    return null
  } finally {
    picture.close()
  }
}
