/**
 * Tells the echo of what a person typed from a text that someone else has set. The table follows
 * the typing with a delay, so a text of a few letters ago may come back while later ones are under
 * way; taking it for a change from outside would undo those letters.
 */
export interface OwnEcho {
  /** The person's own text goes out. */
  readonly sent: (text: string) => void
  /** A text came in. True: it is someone else's, and the box should show it. */
  readonly isForeign: (text: string) => boolean
}

/** A person is never this many letters ahead; what never comes back must not be kept for ever. */
const maxAhead = 400

export const createOwnEcho = (first: string): OwnEcho => {
  let underWay: string[] = [first]
  return {
    sent: (text) => {
      underWay.push(text)
      if (underWay.length > maxAhead) underWay.shift()
    },
    isForeign: (text) => {
      const place = underWay.indexOf(text)
      // Texts before it were passed over and will not come any more; it may itself come again.
      underWay = place < 0 ? [text] : underWay.slice(place)
      return place < 0
    },
  }
}
