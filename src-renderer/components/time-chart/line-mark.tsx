import type { ReactNode } from 'react'

/** How a line looks, for a legend: whole and in the first colour, or dashed and in the second. */
export const LineMark = ({ over }: { readonly over: boolean }): ReactNode => (
  <svg
    className="nc-line-mark"
    width="18"
    height="8"
    aria-hidden="true"
    data-over={over || undefined}
  >
    <line x1="0" y1="4" x2="18" y2="4" strokeWidth="2" strokeDasharray={over ? '5 3' : undefined} />
  </svg>
)
