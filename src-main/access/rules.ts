/**
 * What one signs in with: a name without case, outer blanks and what nobody sees, so that none looks
 * like another.
 */
export const loginOf = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/\s+/g, ' ')
    .toLocaleLowerCase('en')
