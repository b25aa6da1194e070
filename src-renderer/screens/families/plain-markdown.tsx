import { useMemo } from 'react'
import { parseMarkdown, type Block, type Span } from './markdown.ts'

/** Text of a stranger: headings, tables and lists of ours around it, nothing of its own. */
export const PlainMarkdown = ({ source }: { readonly source: string }) => {
  const blocks = useMemo(() => parseMarkdown(source), [source])
  return (
    <div className="fa-markdown">
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  )
}

const BlockView = ({ block }: { readonly block: Block }) => {
  switch (block.kind) {
    case 'heading':
      // Below the page's own headings, whatever the author began with.
      return block.level === 1 ? (
        <h3>
          <Spans spans={block.text} />
        </h3>
      ) : (
        <h4>
          <Spans spans={block.text} />
        </h4>
      )
    case 'paragraph':
      return (
        <p>
          <Spans spans={block.text} />
        </p>
      )
    case 'code':
      return <pre className="fa-code">{block.text}</pre>
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index}>
          <Spans spans={item} />
        </li>
      ))
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    case 'table':
      return (
        <table>
          {block.head.length === 0 ? null : (
            <thead>
              <tr>
                {block.head.map((cell, index) => (
                  <th key={index} scope="col">
                    <Spans spans={cell} />
                  </th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {block.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, place) => (
                  <td key={place}>
                    <Spans spans={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
  }
}

const Spans = ({ spans }: { readonly spans: readonly Span[] }) =>
  spans.map((span, index) => {
    if (span.kind === 'code') {
      return (
        <code key={index} className="nc-mono">
          {span.text}
        </code>
      )
    }
    return span.kind === 'strong' ? <strong key={index}>{span.text}</strong> : span.text
  })
