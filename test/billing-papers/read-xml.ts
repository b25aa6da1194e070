import sax from 'sax'

/** XML as a tree, by a strict reader that is not ours. */
export interface Node {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Node[]
  text: string
}

export const readXml = (xml: string): Node => {
  // The package tells of what it finds by these alone.
  /* oxlint-disable unicorn/prefer-add-event-listener */
  const parser = sax.parser(true, {})
  const top: Node = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  parser.onerror = (error) => {
    throw error
  }
  parser.onopentag = ({ name, attributes }) => {
    const node = { name, attributes: attributes as Record<string, string>, children: [], text: '' }
    open.at(-1)?.children.push(node)
    open.push(node)
  }
  parser.ontext = (text) => {
    const node = open.at(-1)
    if (node !== undefined) node.text += text
  }
  parser.onclosetag = () => void open.pop()
  /* oxlint-enable unicorn/prefer-add-event-listener */
  parser.write(xml).close()
  return top.children[0]!
}

/** Nodes at `a/b/c` below a node, names without their prefix. */
export const all = (node: Node, path: string): readonly Node[] =>
  path
    .split('/')
    .reduce<readonly Node[]>(
      (nodes, step) =>
        nodes.flatMap(({ children }) =>
          children.filter(({ name }) => name.replace(/^.*:/u, '') === step),
        ),
      [node],
    )

export const textAt = (node: Node, path: string): string | null => all(node, path)[0]?.text ?? null

/** Hundredths; 0 where it is not there. */
export const cents = (node: Node, path: string): number =>
  Math.round(Number(textAt(node, path) ?? '0') * 100)
