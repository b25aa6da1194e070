import { create } from 'zustand'
import type { Output } from '../../../src-shared/contract/index.ts'
import { bannerWarnings, warningsOf, type BannerWarning, type CliWarning } from './cli-warnings.ts'

export type CliOverviewRow = Output<'olt-cli.overview'>['olts'][number]

const none: readonly CliWarning[] = []

/** Warnings by OLT: asked once by the frame, read by every row of the OLT list. */
export const useCliOverview = create<{
  readonly rows: readonly CliOverviewRow[]
  readonly warnings: ReadonlyMap<string, readonly CliWarning[]>
}>(() => ({ rows: [], warnings: new Map() }))

export const setCliOverview = (rows: readonly CliOverviewRow[]): void =>
  useCliOverview.setState({
    rows,
    warnings: new Map(rows.map((row) => [row.oltId, warningsOf(row)])),
  })

export const useCliWarnings = (oltId: string): readonly CliWarning[] =>
  useCliOverview((state) => state.warnings.get(oltId) ?? none)

/** OLTs by what the frame warns of, the gravest first; what nobody has is left out. */
export const byWarning = (
  rows: readonly CliOverviewRow[],
): readonly { readonly warning: BannerWarning; readonly olts: readonly CliOverviewRow[] }[] =>
  bannerWarnings
    .map((warning) => ({
      warning,
      olts: rows.filter((row) => warningsOf(row).includes(warning)),
    }))
    .filter(({ olts }) => olts.length > 0)
