import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const system = catalogue.systems.get('dgx-h200');
const sdxl = catalogue.imageModels.get('sdxl');
if (system === undefined || sdxl === undefined) {
  throw new Error('The catalogue has a DGX H200 and Stable Diffusion XL.');
}

/** Rows that these tests share. */
export const rows = { system, sdxl };
