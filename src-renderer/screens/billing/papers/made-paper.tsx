import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../../components/copy-button.tsx'
import '../billing.css'

/** Where a file lies that was just made, to be found with the system's own tools. */
export interface Made {
  readonly folder: string
  /** Left out: the folder itself is what was made. */
  readonly fileName?: string
}

export const MadePaper = ({ made }: { readonly made: Made | undefined }) => {
  const { t } = useTranslation('billing-papers')
  if (made === undefined) return null
  const path = made.fileName === undefined ? made.folder : `${made.folder}/${made.fileName}`
  return (
    <p className="nbl-path nc-mono" role="status">
      {path} <CopyButton text={path} label={t('copyPath')} />
    </p>
  )
}
