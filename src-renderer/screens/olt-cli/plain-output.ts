/**
 * SECURITY: what an OLT sends is text and never a sequence that the terminal obeys. The engine strips
 * it already; the page does not rely on that.
 */
export const plainOutput = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '')
