import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Output } from '../../../src-shared/contract/index.ts'
import { paths } from '../../app/paths.ts'
import { useFormat } from '../../components/use-format.ts'
import { useMay } from '../olt-cli/use-may.ts'
import { AcceptDialog } from './accept-dialog.tsx'
import { unknownOf } from './backup-model.ts'

/** Stands until somebody has looked at it. */
export const UnknownChange = ({ page }: { readonly page: Output<'olt-backups.versions'> }) => {
  const { t } = useTranslation('olt-backups')
  const format = useFormat()
  const manages = useMay('olt-backups.config.manage')
  const [accepting, setAccepting] = useState(false)
  const version = unknownOf(page.state, page.versions)
  if (version === undefined) return null
  const before = page.versions[page.versions.indexOf(version) + 1]
  return (
    <section className="nb-unknown" aria-label={t('unknown.title')}>
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden="true" className="nc-icon" />
      <p>
        <strong>{t('unknown.title')}</strong>{' '}
        {t('unknown.text', {
          time: format.instant(page.state.unknownChangeAt),
          added: t('diff.added', { count: version.added }),
          removed: t('diff.removed', { count: version.removed }),
        })}
      </p>
      {before === undefined ? null : (
        <Button
          component={Link}
          href={paths.configurationDiff(before.id, version.id)}
          variant="default"
        >
          {t('unknown.look')}
        </Button>
      )}
      {manages ? <Button onClick={() => setAccepting(true)}>{t('accept.button')}</Button> : null}
      {accepting ? <AcceptDialog version={version} onClose={() => setAccepting(false)} /> : null}
    </section>
  )
}
