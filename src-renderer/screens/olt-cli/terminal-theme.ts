import type { ITheme } from '@xterm/xterm'

/** The terminal in the colours of tokens.css, as they are now. */
export const terminalTheme = (): ITheme => {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => style.getPropertyValue(`--nc-${name}`).trim()
  return {
    background: token('surface'),
    foreground: token('text'),
    cursor: token('accent'),
    cursorAccent: token('surface'),
    selectionBackground: token('selected'),
    // What a search found is looked at while the search box has the focus.
    selectionInactiveBackground: token('selected'),
    scrollbarSliderBackground: token('line'),
    scrollbarSliderHoverBackground: token('line-strong'),
    scrollbarSliderActiveBackground: token('line-strong'),
    red: token('critical'),
    yellow: token('minor'),
    cyan: token('accent'),
    brightBlack: token('text-faint'),
  }
}
