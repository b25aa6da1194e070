/**
 * The page runs under `require-trusted-types-for 'script'`. The interface kit writes its style
 * sheets through `innerHTML` of a style element, so a `default` policy has to exist; it lets text
 * through and refuses everything that could be markup or script.
 */

interface PolicyFactory {
  createPolicy(
    name: string,
    rules: {
      createHTML(value: string): string
      createScript(value: string): string
      createScriptURL(value: string): string
    },
  ): unknown
}

const refuse = (kind: string): never => {
  throw new TypeError(`refused by the page's own policy: ${kind}`)
}

// SECURITY: markup never reaches the document as a string.
export const refuseMarkup = (value: string): string =>
  value.includes('<') ? refuse('markup in a string') : value

export const installTrustedTypesPolicy = (): void => {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
  factory?.createPolicy('default', {
    createHTML: refuseMarkup,
    createScript: () => refuse('script'),
    createScriptURL: () => refuse('script address'),
  })
}
