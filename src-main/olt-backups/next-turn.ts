/** Lets others have their turn: long work goes in slices. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
