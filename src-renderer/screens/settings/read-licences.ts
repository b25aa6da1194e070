export interface LicencePart {
  /** Name, version and licence of each package that the text is for. */
  readonly packages: readonly string[]
  readonly text: string
}

export interface Licences {
  readonly about: string
  readonly parts: readonly LicencePart[]
}

/** The line between two parts of assets/licences/third-party.txt (scripts/packages.mjs writes it). */
const rule = /\n\n={80}\n\n/

export const readLicences = (file: string): Licences => {
  const [about = '', ...parts] = file.trim().split(rule)
  return {
    about,
    parts: parts.map((part) => {
      const end = part.indexOf('\n\n')
      return {
        packages: part.slice(0, end).split('\n'),
        text: part.slice(end + 2),
      }
    }),
  }
}
