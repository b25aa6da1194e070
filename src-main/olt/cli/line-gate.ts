import { CliError } from './cli-failure.ts'

// controls (newline, Ctrl-C, Tab, escape), line and paragraph separators, halves of surrogate pairs
const actsByItself = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u

/**
 * SECURITY: the last gate before the wire, whatever checked the text before: nothing that a person
 * typed can become a second line, a key stroke or a flood. Throws `cli-parameter-refused` with
 * nothing sent.
 */
export const gateLine = (
  text: string,
  limits: { readonly length: number; readonly never: RegExp | null; readonly what: string },
): string => {
  if (text.length > limits.length || actsByItself.test(text) || limits.never?.test(text) === true) {
    throw new CliError('cli-parameter-refused', { parameter: limits.what }, false)
  }
  return text
}
