/** The owner of the throw-away workspace, as the engine makes him (a test compares). */
export const simulatedOwner = { name: 'Demo owner', password: 'look-around' } as const
