export interface ShippedPackage {
  readonly path: string
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly hasScript: boolean
  readonly neededBy: readonly string[]
  readonly bytes: number
}

export const shippedPackages: (root: string) => {
  readonly runtime: readonly ShippedPackage[]
  readonly bundled: readonly ShippedPackage[]
}

export const dependencyTable: (root: string) => string
export const licenceTexts: (root: string) => string
