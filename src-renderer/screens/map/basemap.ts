import MVT from 'ol/format/MVT.js'
import TileLayer from 'ol/layer/Tile.js'
import VectorTileLayer from 'ol/layer/VectorTile.js'
import ImageTile from 'ol/source/ImageTile.js'
import VectorTileSource from 'ol/source/VectorTile.js'
import type RenderFeature from 'ol/render/Feature.js'
import type VectorTile from 'ol/VectorTile.js'
import type { PMTiles } from 'pmtiles'
import { createBasemapStyle } from './basemap-style.ts'
import type { MapColours } from './map-style.ts'

/** Tile types of the PMTiles specification, version 3, section 3.2. */
const vectorTiles = 1

/** The layer under everything. Rejects when the file is no PMTiles file. */
export const openBasemap = async (
  tiles: PMTiles,
  colours: MapColours,
): Promise<TileLayer | VectorTileLayer> => {
  const header = await tiles.getHeader()
  const { minZoom, maxZoom } = header
  if (header.tileType !== vectorTiles) {
    return new TileLayer({
      source: new ImageTile({
        minZoom,
        maxZoom,
        wrapX: false,
        loader: async (z, x, y) => {
          const tile = await tiles.getZxy(z, x, y)
          // A bitmap is not subject to what the page may load: its bytes are here already.
          return tile === undefined ? emptyImage() : createImageBitmap(new Blob([tile.data]))
        },
      }),
      // Pictures keep their own colours: calmed, so that the marks stand out.
      opacity: 0.55,
    })
  }
  const format = new MVT()
  const source = new VectorTileSource({
    format,
    minZoom,
    maxZoom,
    wrapX: false,
    tileUrlFunction: ([z, x, y]) => `${z}/${x}/${y}`,
    tileLoadFunction: (tile, url) =>
      loadTile(tile as VectorTile<RenderFeature>, url, tiles, format),
  })
  return new VectorTileLayer({ source, style: createBasemapStyle(colours), declutter: true })
}

const loadTile = (
  tile: VectorTile<RenderFeature>,
  url: string,
  tiles: PMTiles,
  format: MVT<RenderFeature>,
): void => {
  const [z, x, y] = url.split('/').map(Number)
  tile.setLoader((extent, _resolution, projection) => {
    tiles.getZxy(z!, x!, y!).then(
      (found) => {
        const features =
          found === undefined
            ? []
            : format.readFeatures(found.data, { extent, featureProjection: projection })
        tile.setFeatures(features)
        return undefined
      },
      () => tile.setFeatures([]),
    )
  })
}

const emptyImage = (): HTMLCanvasElement => {
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  return canvas
}
