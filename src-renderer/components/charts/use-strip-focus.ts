import { useShortcut } from '../../app/keyboard-hooks.ts'

/** One key goes from strip to strip, in the order of the page, and around its end. */
export const useStripFocus = (): void =>
  useShortcut('focusStrip', () => {
    const strips = [...document.querySelectorAll<HTMLElement>('.heat-strip')]
    const at = strips.findIndex((strip) => strip === document.activeElement)
    strips[(at + 1) % Math.max(1, strips.length)]?.focus()
  })
