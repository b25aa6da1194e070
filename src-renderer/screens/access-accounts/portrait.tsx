import './people.css'

export interface PortraitProps {
  readonly name: string
  readonly photo: string | null
  readonly large?: boolean
  /** What it shows; undefined: the name stands beside it. */
  readonly label?: string
}

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase()

/** A photo, or the initials where there is none. */
export const Portrait = ({ name, photo, large = false, label }: PortraitProps) => (
  <span
    className="ncp-portrait"
    data-large={large ? '' : undefined}
    {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
  >
    {photo === null ? initialsOf(name) : <img src={photo} alt="" />}
  </span>
)
