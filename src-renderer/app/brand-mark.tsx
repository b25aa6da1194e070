/** A crescent over a light path: Nocturne's own mark. */
export const BrandMark = ({ size }: { readonly size: number }) => (
  <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className="nc-icon">
    <path
      d="M15.5 3.2a8.6 8.6 0 1 0 5.3 12.2A7 7 0 0 1 15.5 3.2Z"
      fill="none"
      stroke="var(--nc-accent)"
      strokeWidth="1.8"
      strokeLinejoin="round"
    />
    <circle cx="18.5" cy="7" r="1.5" fill="var(--nc-accent)" />
  </svg>
)
