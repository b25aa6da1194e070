/** The nonce that the shell wrote into the page; the style sheets of the interface kit carry it. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

/**
 * The kit's scroll lock makes its style element through a package that looks for the nonce in this
 * global (the convention of bundlers); without it the policy refuses the style.
 */
export const offerStyleNonce = (): void => {
  Object.defineProperty(globalThis, '__webpack_nonce__', { value: styleNonce() })
}
