import { describe, expect, it } from 'vitest';
import { layerMatrices } from '@engine/model/layer-matrices';
import { countParameters } from '@engine/model/parameters';
import { bundledCatalogue } from '@shared/catalogue/bundled';

const models = [...bundledCatalogue.models.values()];

describe('the matrices of the layers', () => {
  it.each(models.map(({ id, architecture }) => [id, architecture] as const))(
    'of %s add up to the parameters counted in them',
    (_id, architecture) => {
      const matrices = layerMatrices(architecture);
      const held = matrices.reduce((sum, one) => sum + one.rows * one.columns * one.count, 0);
      const counted = countParameters(architecture);
      const expected =
        architecture.layers * counted.attentionPerLayer +
        counted.denseLayers * counted.denseFeedForward +
        counted.expertLayers * counted.expertFeedForward;
      expect(held / expected).toBeCloseTo(1, 9);
      const routed = matrices.filter(({ isExpert }) => isExpert);
      const ofExperts = routed.reduce((sum, one) => sum + one.rows * one.columns * one.count, 0);
      expect(ofExperts).toBeCloseTo(counted.expertLayers * counted.routedExperts, -3);
    },
  );
});
