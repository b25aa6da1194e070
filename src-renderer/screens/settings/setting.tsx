import type { ReactNode } from 'react'

export interface SettingProps {
  readonly label: string
  readonly hint?: string
  readonly children: ReactNode
}

/** One line of the settings: what it is at the left, how it is set at the right. */
export const Setting = ({ label, hint, children }: SettingProps) => (
  <div className="nc-setting">
    <div>
      <div>{label}</div>
      {hint !== undefined && <div className="nc-small nc-faint">{hint}</div>}
    </div>
    <div>{children}</div>
  </div>
)
