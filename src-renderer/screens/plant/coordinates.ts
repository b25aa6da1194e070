/** Coordinates as one text: "-6.75000, 111.30000", copied from any map. */

export interface Coordinates {
  readonly latitude: number
  readonly longitude: number
}

export const writeCoordinates = (coordinates: Coordinates | null): string =>
  coordinates === null ? '' : `${short(coordinates.latitude)}, ${short(coordinates.longitude)}`

/** A decimetre: no instrument of a fitter knows better. */
const short = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

/** Null: none; `wrong`: it cannot be read. Decimal commas need a semicolon or a space between. */
export const readCoordinates = (text: string): Coordinates | null | 'wrong' => {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const match =
    /^([+-]?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)$/u.exec(trimmed) ??
    /^([+-]?\d{1,2}(?:,\d+)?)\s*(?:;|,?\s)\s*([+-]?\d{1,3}(?:,\d+)?)$/u.exec(trimmed)
  if (match === null) return 'wrong'
  const [latitude, longitude] = [match[1], match[2]].map((part) =>
    Number((part ?? '').replace(',', '.')),
  )
  if (latitude === undefined || longitude === undefined) return 'wrong'
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : 'wrong'
}

/** Where the map opens, without the question mark: close enough to see single houses. */
export const mapQuery = ({ latitude, longitude }: Coordinates): string =>
  `lat=${latitude.toFixed(5)}&lon=${longitude.toFixed(5)}&z=17.00`
