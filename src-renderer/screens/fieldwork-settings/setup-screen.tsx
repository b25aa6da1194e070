import { Button, Select } from '@mantine/core'
import { IconPencil, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { useFormat } from '../../components/use-format.ts'
import { OrdersTabs } from '../fieldwork/orders-tabs.tsx'
import { SettingsPanel } from './settings-panel.tsx'
import { TechnicianDialog } from './technician-dialog.tsx'
import { TypeDialog } from './type-dialog.tsx'
import './setup.css'

export type Setup = Output<'fieldwork.setup'>

const usualWeek: Setup['technicians'][number]['week'] = Array.from({ length: 7 }, (_, day) =>
  day < 5
    ? [
        [480, 720],
        [780, 1020],
      ]
    : [],
)

/** Types of work with their checklists, who goes out and when, and how a day is counted. */
export const SetupScreen = () => {
  const { t, i18n } = useTranslation('fieldwork')
  const format = useFormat()
  const language = i18n.language === 'id' ? 'id' : 'en'
  const { value, failure, refresh } = useQuery('fieldwork.setup', {}, { on: ['fieldwork.changed'] })
  const [type, setType] = useState<Setup['types'][number] | 'new' | null>(null)
  const [who, setWho] = useState<Setup['technicians'][number] | null>(null)
  const add = (id: string | null): void => {
    const other = value?.others.find((one) => one.id === id)
    if (other === undefined) return
    setWho({
      accountId: other.id,
      name: other.name,
      version: 0,
      week: usualWeek,
      home: null,
      active: true,
    })
  }
  const hoursOf = (week: Setup['technicians'][number]['week']): number =>
    week.flat().reduce((sum, [from, to]) => sum + to - from, 0) / 60
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('setupTitle')}</h1>
      </header>
      <OrdersTabs />
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={8} />
      ) : (
        <div className="nfs-body">
          <section className="nc-panel" aria-label={t('technicians')}>
            <header className="nc-panel__head">
              <h2>{t('technicians')}</h2>
              <Select
                size="xs"
                w={220}
                aria-label={t('addTechnician')}
                placeholder={t('addTechnician')}
                value={null}
                onChange={add}
                data={value.others.map(({ id, name }) => ({ value: id, label: name }))}
              />
            </header>
            {value.technicians.length === 0 ? (
              <p className="nc-panel__body nc-faint">{t('noTechniciansText')}</p>
            ) : (
              <table className="nc-table" aria-label={t('technicians')}>
                <thead>
                  <tr>
                    <th scope="col">{t('name')}</th>
                    <th scope="col" className="nc-num">
                      {t('weekHours')}
                    </th>
                    <th scope="col">{t('col.state')}</th>
                    <th scope="col" aria-label={t('edit')} />
                  </tr>
                </thead>
                <tbody>
                  {value.technicians.map((one) => (
                    <tr key={one.accountId}>
                      <td>{one.name}</td>
                      <td className="nc-num">{format.number(hoursOf(one.week), 1)} h</td>
                      <td>{t(one.active ? 'active' : 'inactive')}</td>
                      <td>
                        <Button
                          size="compact-sm"
                          variant="subtle"
                          aria-label={t('editOf', { name: one.name })}
                          leftSection={<IconPencil size={14} aria-hidden="true" />}
                          onClick={() => setWho(one)}
                        >
                          {t('edit')}
                        </Button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </section>
          <section className="nc-panel" aria-label={t('types')}>
            <header className="nc-panel__head">
              <h2>{t('types')}</h2>
              <Button
                size="compact-sm"
                variant="subtle"
                leftSection={<IconPlus size={14} aria-hidden="true" />}
                onClick={() => setType('new')}
              >
                {t('newType')}
              </Button>
            </header>
            <table className="nc-table" aria-label={t('types')}>
              <thead>
                <tr>
                  <th scope="col">{t('name')}</th>
                  <th scope="col">{t('col.kind')}</th>
                  <th scope="col" className="nc-num">
                    {t('minutes')}
                  </th>
                  <th scope="col" className="nc-num">
                    {t('checklist')}
                  </th>
                  <th scope="col" className="nc-num">
                    {t('photos')}
                  </th>
                  <th scope="col">{t('light')}</th>
                  <th scope="col">{t('col.state')}</th>
                  <th scope="col" aria-label={t('edit')} />
                </tr>
              </thead>
              <tbody>
                {value.types.map((one) => (
                  <tr key={one.id}>
                    <td>{one.name[language]}</td>
                    <td>{t(`kind.${one.kind}`)}</td>
                    <td className="nc-num">{format.number(one.minutes)}</td>
                    <td className="nc-num">{format.number(one.paper.items.length)}</td>
                    <td className="nc-num">{format.number(one.paper.photos.length)}</td>
                    <td>{t(`lightOf.${one.paper.light}`)}</td>
                    <td>{t(one.active ? 'active' : 'inactive')}</td>
                    <td>
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        aria-label={t('editOf', { name: one.name[language] })}
                        leftSection={<IconPencil size={14} aria-hidden="true" />}
                        onClick={() => setType(one)}
                      >
                        {t('edit')}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <SettingsPanel key={value.settings.version} settings={value.settings} />
        </div>
      )}
      {type !== null && (
        <TypeDialog type={type === 'new' ? null : type} onClose={() => setType(null)} />
      )}
      {who !== null && <TechnicianDialog technician={who} onClose={() => setWho(null)} />}
    </div>
  )
}
