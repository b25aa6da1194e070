export const RunScreen = (_: { readonly runId: string }) => null
