/** Which columns a table shows, in which order and how wide: pure rules over what was saved. */

export interface ColumnSpec {
  readonly id: string
  /** px. */
  readonly width: number
  readonly minWidth?: number
  /** Shown unless the person has chosen otherwise. */
  readonly initially: boolean
  /** Takes a share of room that is left over, until the person gives it a width. */
  readonly grows?: boolean
  /** Cannot be hidden: without it a row has no name. */
  readonly fixed?: boolean
}

export interface ColumnLayout {
  readonly columns: readonly string[]
  readonly widths: Readonly<Record<string, number>>
}

/** Limits of `preferences.tables[].widths`. */
export const columnWidthLimits = { min: 40, max: 1200 } as const

const clampWidth = (width: number, spec: ColumnSpec | undefined): number =>
  Math.round(
    Math.min(columnWidthLimits.max, Math.max(spec?.minWidth ?? columnWidthLimits.min, width)),
  )

/**
 * What was saved, made whole: columns that no longer exist are dropped, doubles too, fixed ones are
 * put back in front. Nothing saved: the columns that are shown initially.
 */
export const resolveLayout = (
  specs: readonly ColumnSpec[],
  saved: { readonly columns: readonly string[]; readonly widths?: Record<string, number> } | null,
): ColumnLayout => {
  const known = new Map(specs.map((spec) => [spec.id, spec]))
  const chosen =
    saved === null
      ? specs.filter((spec) => spec.initially).map((spec) => spec.id)
      : [...new Set(saved.columns.filter((id) => known.has(id)))]
  const absent = specs.filter((spec) => spec.fixed === true && !chosen.includes(spec.id))
  const widths: Record<string, number> = {}
  for (const [id, width] of Object.entries(saved?.widths ?? {})) {
    const spec = known.get(id)
    if (spec !== undefined && Number.isFinite(width)) widths[id] = clampWidth(width, spec)
  }
  return { columns: [...absent.map((spec) => spec.id), ...chosen], widths }
}

export const widthOf = (spec: ColumnSpec, layout: ColumnLayout): number =>
  layout.widths[spec.id] ?? spec.width

/** The column's track in a CSS grid. */
export const trackOf = (spec: ColumnSpec, layout: ColumnLayout): string => {
  const width = widthOf(spec, layout)
  return spec.grows === true && layout.widths[spec.id] === undefined
    ? `minmax(${width}px, 1fr)`
    : `${width}px`
}

export const resizeColumn = (
  specs: readonly ColumnSpec[],
  layout: ColumnLayout,
  id: string,
  width: number,
): ColumnLayout => {
  const spec = specs.find((candidate) => candidate.id === id)
  return { ...layout, widths: { ...layout.widths, [id]: clampWidth(width, spec) } }
}

/** Shows a hidden column at the place it has among all columns, hides a shown one unless fixed. */
export const toggleColumn = (
  specs: readonly ColumnSpec[],
  layout: ColumnLayout,
  id: string,
): ColumnLayout => {
  const spec = specs.find((candidate) => candidate.id === id)
  if (spec === undefined) return layout
  if (layout.columns.includes(id)) {
    if (spec.fixed === true) return layout
    return { ...layout, columns: layout.columns.filter((column) => column !== id) }
  }
  const rank = specs.map((candidate) => candidate.id)
  const after = rank.indexOf(id)
  const at = layout.columns.findLastIndex((column) => rank.indexOf(column) < after)
  return { ...layout, columns: layout.columns.toSpliced(at + 1, 0, id) }
}

/** Moves a shown column to a position among the shown ones. */
export const moveColumn = (layout: ColumnLayout, id: string, to: number): ColumnLayout => {
  const from = layout.columns.indexOf(id)
  if (from < 0) return layout
  const rest = layout.columns.filter((column) => column !== id)
  const at = Math.max(0, Math.min(rest.length, to))
  return { ...layout, columns: rest.toSpliced(at, 0, id) }
}
