/**
 * A window that is open keeps the focus: a page behind it, whose data comes late, would take it by
 * its `autoFocus`, and what is typed would go there. Given back within the same event, so that no
 * letter is lost. Windows above it (a question, a list, a menu) are not in the frame and may take it.
 * Returns what ends it.
 */
export const startKeepingFocus = (): (() => void) => {
  const onFocusIn = ({ target, relatedTarget }: FocusEvent): void => {
    if (!(target instanceof Element) || target.closest('.nc-frame') === null) return
    if (!(relatedTarget instanceof HTMLElement) || !relatedTarget.isConnected) return
    if (relatedTarget.closest('[aria-modal="true"]') === null) return
    relatedTarget.focus({ preventScroll: true })
  }
  document.addEventListener('focusin', onFocusIn)
  return () => document.removeEventListener('focusin', onFocusIn)
}
