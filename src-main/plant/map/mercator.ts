/**
 * Web Mercator (EPSG:3857) with the world as the unit square: x to the east, y to the south, so that
 * at zoom z a pixel is 1 / (256 · 2^z).
 */

/** Beyond it the square ends. */
const highestLatitude = 85.051_128_779_8

export const mercatorX = (longitude: number): number => (longitude + 180) / 360

export const mercatorY = (latitude: number): number => {
  const clipped = Math.max(-highestLatitude, Math.min(highestLatitude, latitude))
  const sine = Math.sin((clipped * Math.PI) / 180)
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
}

export const longitudeOf = (x: number): number => x * 360 - 180

export const latitudeOf = (y: number): number =>
  (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI
