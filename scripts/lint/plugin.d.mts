declare const plugin: {
  readonly rules: Readonly<Record<string, { readonly meta: { readonly docs: object } }>>
}
export default plugin
