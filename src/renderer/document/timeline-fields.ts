import { field, type FieldTable } from './quantity-field';

/** Numeric inputs of the timeline. */
export const timelineFields: FieldTable<'timeline'> = [
  field(
    'Demand',
    'demandGrowthPerYear',
    'Growth per year',
    'fraction',
    'How the demand of the services grows; 100 % doubles it every year.',
    { keywords: 'forecast demand', emptyMeans: 'None' },
  ),
  field('Delay', 'delayUsdPerMonth', 'Cost of a month', 'usd', 'What a month of delay costs.', {
    keywords: 'late revenue',
    emptyMeans: 'Renting the late accelerators instead',
  }),
];
