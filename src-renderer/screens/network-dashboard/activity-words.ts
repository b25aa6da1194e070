import type { i18n as I18n, TFunction } from 'i18next'
import type { Output } from '../../../src-shared/contract/index.ts'

type Act = Output<'audit.activity'>['acts'][number]

/** What was done, in plain words; a command that has none is called by its own name. */
export const actText = (
  { t, i18n }: { readonly t: TFunction<'dashboard'>; readonly i18n: I18n },
  { command, subject }: Pick<Act, 'command' | 'subject'>,
): string => {
  const key = `act.${command}`
  const what = i18n.exists(key, { ns: 'dashboard' }) ? t(key as 'act.network.addOlt') : command
  return subject === null ? what : t('activity.on', { what, subject })
}
