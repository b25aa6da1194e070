import { IconCircleCheck } from '@tabler/icons-react'

/** Nothing is wrong here: said large, in grey. */
export const WallCalm = ({ title, text }: { readonly title: string; readonly text?: string }) => (
  <div className="nw-calm" role="status">
    <IconCircleCheck aria-hidden="true" stroke={0.9} />
    <strong>{title}</strong>
    {text === undefined ? null : <span>{text}</span>}
  </div>
)
