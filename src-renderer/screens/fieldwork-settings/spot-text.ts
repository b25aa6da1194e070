interface Spot {
  readonly latitude: number
  readonly longitude: number
}

/** `-7.790000, 110.370000`; empty: none. */
export const spotText = (spot: Spot | null): string =>
  spot === null ? '' : `${spot.latitude.toFixed(6)}, ${spot.longitude.toFixed(6)}`

/** As maps copy it: two numbers with a comma or a space between them. */
export const readSpot = (text: string): Spot | null | 'wrong' => {
  if (text.trim() === '') return null
  const found = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/u.exec(text)
  if (found === null) return 'wrong'
  const [latitude, longitude] = [Number(found[1]), Number(found[2])]
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : 'wrong'
}
