import { Button, NumberInput } from '@mantine/core'
import { IconAntenna } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'
import { useMoment } from '../fieldwork/order-words.tsx'
import { act, type WorkOrderRecord } from './order-acts.ts'
import { Missing } from './checklist-panel.tsx'

const whens = ['before', 'after'] as const
/** dBm at the ends of the scale. */
const scale = { weakest: -32, strongest: -8 }
const shareOf = (dbm: number): string =>
  `${Math.max(0, Math.min(1, (dbm - scale.weakest) / (scale.strongest - scale.weakest))) * 100}%`

/** Light before and after against what the way should let through, on one scale. */
export const LightPanel = ({
  record,
  mayWork,
}: {
  readonly record: WorkOrderRecord
  readonly mayWork: boolean
}) => {
  const { t } = useTranslation('fieldwork')
  const format = useFormat()
  const moment = useMoment()
  const { light, order, missing, paper } = record
  const [typed, setTyped] = useState<Readonly<Record<'before' | 'after', number | null>>>({
    before: null,
    after: null,
  })
  if (paper.light === 'none' && light.before === null && light.after === null) return null
  const measure = async (when: 'before' | 'after', rxDbm: number | null): Promise<void> => {
    if ((await act('fieldwork.measure', { id: order.id, when, rxDbm })) !== null) {
      setTyped({ ...typed, [when]: null })
    }
  }
  const targetDbm = light.target?.targetDbm ?? null
  return (
    <section className="nc-panel" aria-label={t('light')}>
      <header className="nc-panel__head">
        <h2>{t('light')}</h2>
        {light.now !== null && (
          <span className="nc-soft nc-small" title={moment(light.now.at)}>
            {t('lightNow', { dbm: format.number(light.now.rxDbm, 2) })}
          </span>
        )}
      </header>
      <ul className="nfo-light nc-panel__body">
        {whens.map((when) => {
          const read = light[when]
          return (
            <li key={when}>
              <span>{t(`when.${when}`)}</span>
              <span className="nc-num nfo-light__value">
                {read === null ? '–' : `${format.number(read.rxDbm, 2)} dBm`}
              </span>
              <span className="nfo-scale" aria-hidden="true">
                {targetDbm !== null && (
                  <span
                    className="nfo-scale__target"
                    style={{ insetInlineStart: shareOf(targetDbm) }}
                  />
                )}
                {read !== null && (
                  <span
                    className="nfo-scale__mark"
                    data-verdict={read.verdict}
                    style={{ insetInlineStart: shareOf(read.rxDbm) }}
                  />
                )}
              </span>
              <span className="nfo-verdict nc-small" data-verdict={read?.verdict}>
                {read === null ? (
                  missing.some(({ kind, id }) => kind === 'light' && id === when) ? (
                    <Missing />
                  ) : (
                    ''
                  )
                ) : (
                  `${t(`judged.${read.verdict}`)} · ${t(`by.${read.by}`)}`
                )}
              </span>
              {mayWork && (
                <form
                  className="nfo-light__form"
                  onSubmit={(event) => {
                    event.preventDefault()
                    const value = typed[when]
                    if (value !== null) void measure(when, value)
                  }}
                >
                  <NumberInput
                    size="xs"
                    w={120}
                    aria-label={t('typeLight', { when: t(`when.${when}`) })}
                    placeholder="dBm"
                    min={-45}
                    max={10}
                    decimalScale={2}
                    step={0.1}
                    value={typed[when] ?? ''}
                    onChange={(value) =>
                      setTyped({ ...typed, [when]: typeof value === 'number' ? value : null })
                    }
                  />
                  <Button
                    type="submit"
                    size="compact-sm"
                    variant="default"
                    disabled={typed[when] === null}
                  >
                    {t('save')}
                  </Button>
                  {light.now !== null && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      leftSection={<IconAntenna size={14} aria-hidden="true" />}
                      onClick={() => void measure(when, null)}
                    >
                      {t('takeLight')}
                    </Button>
                  )}
                </form>
              )}
            </li>
          )
        })}
      </ul>
      {light.target !== null && (
        <p
          className="nc-panel__body nc-soft nc-small"
          title={light.target.parts
            .map(({ part, db }) => `${t(`part.${part}`)} ${db} dB`)
            .join('\n')}
        >
          {t('target', {
            target: format.number(light.target.targetDbm, 1),
            expected: format.number(light.target.expectedDbm, 1),
          })}{' '}
          {light.target.assumed.length > 0 &&
            t('assumed', {
              what: light.target.assumed.map((part) => t(`part.${part}`)).join(', '),
            })}
        </p>
      )}
    </section>
  )
}
