import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../components/form-dialog.tsx'

export interface PasteDialogProps {
  readonly lines: readonly string[]
  readonly onClose: () => void
  readonly onSend: () => void
}

const shown = 12

/** Several lines at once are never sent unseen. */
export const PasteDialog = ({ lines, onClose, onSend }: PasteDialogProps) => {
  const { t } = useTranslation('olt-cli')
  return (
    <FormDialog
      title={t('terminal.pasteTitle', { count: lines.length })}
      button={t('terminal.pasteSend')}
      ready
      size="lg"
      onClose={onClose}
      onSubmit={() => {
        onSend()
        return Promise.resolve(true)
      }}
    >
      <p className="nc-soft">{t('terminal.pasteText')}</p>
      <pre
        className="noc-paste"
        tabIndex={0}
        aria-label={t('terminal.pasteTitle', { count: lines.length })}
      >
        {lines.slice(0, shown).join('\n')}
      </pre>
      {lines.length > shown ? (
        <p className="nc-soft">{t('terminal.pasteMore', { count: lines.length - shown })}</p>
      ) : null}
    </FormDialog>
  )
}
