import { Fragment } from 'react'
import type { SearchHit } from '../../src-shared/contract/search.ts'

export interface MarkedProps {
  readonly text: string
  /** Where the typed letters stand; code units, ascending. */
  readonly spans: readonly { readonly start: number; readonly end: number }[]
}

/** A text with what was typed in it: heavier and underlined, not by colour alone. */
export const Marked = ({ text, spans }: MarkedProps) => {
  if (spans.length === 0) return text
  return (
    <>
      {spans.map(({ start, end }, index) => (
        <Fragment key={start}>
          {text.slice(spans[index - 1]?.end ?? 0, start)}
          <mark className="nc-palette__mark">{text.slice(start, end)}</mark>
        </Fragment>
      ))}
      {text.slice(spans.at(-1)!.end)}
    </>
  )
}

/** Of one text of a found record. */
export const spansOf = (
  { matches }: Pick<SearchHit, 'matches'>,
  field: string,
): MarkedProps['spans'] => matches.find((match) => match.field === field)?.spans ?? []
