/** For LIKE … ESCAPE '\': looked for as it stands, no character of it has a meaning of its own. */
export const likeText = (text: string): string =>
  `%${text.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`
