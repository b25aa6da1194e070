import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'
import { useQuery } from '../../client/hooks.ts'
import { hourText, useMoment } from '../fieldwork/order-words.tsx'
import type { WorkOrderRecord } from './order-acts.ts'

type Fact = WorkOrderRecord['events'][number]['fact']

/** An event in words. */
export const useFactWords = (record: WorkOrderRecord): ((fact: Fact) => string) => {
  const { t, i18n } = useTranslation('fieldwork')
  const format = useFormat()
  const moment = useMoment()
  const { value: setup } = useQuery('fieldwork.setup', {})
  const language = i18n.language === 'id' ? 'id' : 'en'
  const { items, photos } = record.paper
  return (fact) => {
    switch (fact.kind) {
      case 'scheduled':
        return t('fact.scheduled', {
          name:
            setup?.technicians.find(({ accountId }) => accountId === fact.assigneeId)?.name ??
            t('somebody'),
          at: `${moment(fact.from)}–${hourText(fact.to)}`,
        })
      case 'paused':
      case 'reopened':
      case 'unsigned':
      case 'cancelled':
      case 'not-completed':
        return t(`fact.${fact.kind}`, { reason: fact.reason })
      case 'signed':
        return t('fact.signed', { name: fact.name })
      case 'answered': {
        const label = items.find(({ id }) => id === fact.itemId)?.label[language] ?? fact.itemId
        if (fact.value === null) return t('fact.unanswered', { label })
        return t('fact.answered', {
          label,
          value:
            fact.value === true ? t('yes') : fact.value === false ? t('no') : String(fact.value),
        })
      }
      case 'measured':
        return t('fact.measured', {
          when: t(`when.${fact.when}`),
          dbm: format.number(fact.rxDbm, 2),
        })
      case 'photographed':
        return t('fact.photographed', {
          label: photos.find(({ id }) => id === fact.slotId)?.label[language] ?? t('otherPhotos'),
        })
      case 'used':
        return t('fact.used', {
          name: fact.name,
          quantity: format.number(fact.quantityMilli / 1000, 0),
          serial: fact.serial ?? '',
        })
      case 'timed':
        return t('fact.timed', {
          what: t(`spent.${fact.what}`),
          minutes: format.number(fact.minutes),
          reason: fact.reason,
        })
      case 'noted':
        return fact.text
      case 'amended':
        return t('fact.amended', { text: fact.text })
      default:
        return t(`fact.${fact.kind}`)
    }
  }
}
