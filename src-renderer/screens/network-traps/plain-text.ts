/**
 * What a stranger wrote, fit for one line on the screen and in a file.
 *
 * SECURITY: line breaks, terminal controls, direction marks and invisible characters are shown as
 * code points, so that a text can neither hide a part of itself nor look like a line of ours.
 */
export const plainText = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  )
