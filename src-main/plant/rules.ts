import type { NodeRow } from './tables.ts'

/** Pure rules of the outside plant. */

/** Names that mean the same node: letters without case, spaces once. */
export const nameKey = (name: string): string =>
  name.trim().replaceAll(/\s+/gu, ' ').toLocaleLowerCase('en')

/** From the node itself to the top. `nodeAt` by number. */
export const chainOf = (
  number: number,
  nodeAt: (number: number) => NodeRow | undefined,
): readonly NodeRow[] => {
  const chain: NodeRow[] = []
  let node = nodeAt(number)
  // Longer than any tree that the commands let come about.
  while (node !== undefined && chain.length < deepest * 2) {
    chain.push(node)
    node = node.parent === null ? undefined : nodeAt(node.parent)
  }
  return chain
}

/** Levels that a tree may have. */
export const deepest = 32

/** A node may hang below `parent` unless it would hang below itself. */
export const wouldLoop = (
  number: number,
  parent: number | null,
  nodeAt: (number: number) => NodeRow | undefined,
): boolean => parent !== null && chainOf(parent, nodeAt).some((above) => above.number === number)

/**
 * The street of an address text as it was typed: "Warung Senja, Jl. Kenanga Timur No.12" lies in
 * "Jl. Kenanga Timur". The part with a house number counts, without the number; where none has one,
 * the first part. Null: there is no text.
 */
export const streetOf = (address: string): string | null => {
  const parts = address.split(/[,;\n]/u).map((part) => part.trim())
  for (const part of parts) {
    const street = part.replace(numberBehind, '').replace(numberBefore, '').trim()
    if (street !== part && hasWord(street)) return street
  }
  return parts.find(hasWord) ?? null
}

const hasWord = (text: string): boolean => /\p{L}{2}/u.test(text)

/** "No.12", "No 12A", "Blok C5/12", "12-14", "RT 03/02" at the end. */
const numberBehind =
  /(?:\s+(?:no|nr|nomor|blok|block|kav|kavling|rt|rw)\.?\s*\p{L}{0,2}[\s-]?\d+[\p{L}\d/-]*|\s+blok\s+\p{L}|\s+#?\d+\p{L}?(?:[/-]\d+\p{L}?)?)+$/iu
/** "12 Old Mill Lane". */
const numberBefore = /^\d+\p{L}?\s+/u
