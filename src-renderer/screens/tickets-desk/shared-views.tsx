import { ActionIcon } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { confirm } from '../../components/confirm.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { saveSetup } from './setup-acts.ts'
import { queryOf, sharedOf } from './shared-view-model.ts'

/** Views of the list that everybody has. */
export const SharedViews = () => {
  const { t } = useTranslation('tickets-desk')
  const { value, failure, refresh } = useQuery(
    'tickets.views',
    {},
    { on: ['tickets.changed'], everyMs: 500 },
  )
  if (value === undefined) return <Awaiting brief failure={failure} onRetry={refresh} rows={2} />
  const views = sharedOf(value.views)
  const remove = async (id: string, name: string): Promise<void> => {
    const isSure = await confirm({
      title: t('setup.views.removeTitle', { name }),
      text: t('setup.views.removeText'),
      confirmLabel: t('setup.views.remove'),
      danger: true,
    })
    if (!isSure) return
    await saveSetup('tickets.removeView', { id }, t('setup.views.removed', { name }))
    refresh()
  }
  if (views.length === 0) return <p className="nc-soft">{t('setup.views.empty')}</p>
  return (
    <table className="nc-table" aria-label={t('setup.views.title')}>
      <tbody>
        {views.map(({ id, name, view }) => (
          <tr key={id}>
            <td>
              <RouteLink to={paths.tickets(queryOf({ view }))}>{name}</RouteLink>
            </td>
            <td className="nc-num">
              <ActionIcon
                variant="subtle"
                size="sm"
                color="red"
                aria-label={t('setup.views.removeTitle', { name })}
                onClick={() => void remove(id, name)}
              >
                <IconTrash size={14} aria-hidden="true" />
              </ActionIcon>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
