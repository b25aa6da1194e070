import type { i18n, TFunction } from 'i18next'

/** A step of the restore guide: the engine names a text; one that is not here shows its name. */
export const guideWords = (
  t: TFunction<'olt-backups'>,
  language: i18n,
  key: string,
  params: Readonly<Record<string, string>>,
): string =>
  language.exists(`olt-backups:guide.${key}`)
    ? (t as unknown as (key: string, params: object) => string)(`guide.${key}`, params)
    : [key, ...Object.values(params)].join(' ')
