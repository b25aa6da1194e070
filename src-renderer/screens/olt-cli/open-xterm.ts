import { Terminal, type ITerminalOptions } from '@xterm/xterm'
import { styleNonce } from '../../app/nonce.ts'

interface Internals {
  readonly _core: {
    readonly _renderService: {
      readonly _renderer: {
        readonly value: {
          readonly _rowFactory: { _addStyle: (element: HTMLElement, style: string) => void }
        }
      }
    }
  }
}

/**
 * The terminal under the page's policy (style-src 'self' 'nonce-…', no inline styles). Its renderer
 * does two things that the policy refuses, both mended here and held by
 * test/renderer-olt-cli/terminal-in-chromium.test.ts:
 *
 * - While it opens it makes style elements: for that time, and no longer, those that the document
 *   makes carry the page's nonce.
 * - A marked character is coloured by a style attribute: the same is said through the style object,
 *   which the policy does not restrict.
 */
export const openXterm = (host: HTMLElement, options: ITerminalOptions): Terminal => {
  const terminal = new Terminal(options)
  const make = document.createElement
  document.createElement = ((...given: Parameters<Document['createElement']>) => {
    const element = make.apply(document, given)
    if (element instanceof HTMLStyleElement) element.nonce = styleNonce()
    return element
  }) as typeof document.createElement
  try {
    terminal.open(host)
  } finally {
    // What shadowed the document's own goes.
    delete (document as { createElement?: unknown }).createElement
  }
  const { _rowFactory: factory } = (terminal as unknown as Internals)._core._renderService._renderer
    .value
  factory._addStyle = (element, style) => {
    element.style.cssText += `${style};`
  }
  return terminal
}
