/** Reads back what stands on our own papers: nothing is compressed, and texts are in hex. */

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** Texts of each page, in the order in which they were set. */
export const pdfPages = (bytes: Uint8Array): readonly (readonly string[])[] => {
  const text = latin(bytes)
  const objects = new Map<string, string>()
  for (const [, id = '', body = ''] of text.matchAll(/\n?(\d+) 0 obj\n([\s\S]*?)\nendobj/gu))
    objects.set(id, body)
  const kids = [...objects.values()].find((body) => /\/Type \/Pages/u.test(body)) ?? ''
  const order = [...(/\/Kids \[(.*?)\]/su.exec(kids)?.[1] ?? '').matchAll(/(\d+) 0 R/gu)]
  return order.map(([, id = '']) => {
    const content = /\/Contents (\d+) 0 R/u.exec(objects.get(id) ?? '')?.[1] ?? ''
    return linesOf(objects.get(content) ?? '')
  })
}

const decoder = new TextDecoder('windows-1252')

const linesOf = (stream: string): readonly string[] =>
  [...stream.matchAll(/\[(.*?)\] TJ/gsu)].map(([, inside = '']) =>
    [...inside.matchAll(/<([0-9a-f]+)>/gu)]
      .map(([, hex = '']) => decoder.decode(Buffer.from(hex, 'hex')))
      .join(''),
  )

export const pdfText = (bytes: Uint8Array): string =>
  pdfPages(bytes)
    .map((lines) => lines.join('\n'))
    .join('\n\f\n')

/** Squares of a code and of nothing else. */
export const squaresOf = (bytes: Uint8Array): number => latin(bytes).match(/ re\n/gu)?.length ?? 0

/** Every object is where the table at the end says. */
export const isSound = (bytes: Uint8Array): boolean => {
  const text = latin(bytes)
  const start = Number(/startxref\n(\d+)\n%%EOF/u.exec(text)?.[1])
  if (!text.startsWith('%PDF-1.') || !text.startsWith('xref', start)) return false
  const rows = [...text.slice(start).matchAll(/^(\d{10}) 00000 n/gmu)]
  return (
    rows.length > 0 &&
    rows.every(([, at], index) => text.startsWith(`${index + 1} 0 obj`, Number(at)))
  )
}
