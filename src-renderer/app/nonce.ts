/** The nonce that the shell wrote into the page; the style sheets of the interface kit carry it. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
