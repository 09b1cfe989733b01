import { catalogueMeans, field, type FieldTable } from './quantity-field';

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
  field(
    'Outlook',
    'chipPerYear',
    'Faster chips',
    'ratio',
    'Times what a chip did a year earlier.',
    {
      keywords: 'trend refresh performance',
      emptyMeans: catalogueMeans('outlook.chipGrowth'),
    },
  ),
  field(
    'Outlook',
    'perDollarPerYear',
    'Work for a dollar',
    'ratio',
    'Times what a dollar bought a year earlier.',
    {
      keywords: 'trend refresh price performance',
      emptyMeans: catalogueMeans('outlook.performancePerDollar'),
    },
  ),
  field(
    'Outlook',
    'perWattPerYear',
    'Work for a watt',
    'ratio',
    'Times what a watt did a year earlier.',
    {
      keywords: 'trend refresh efficiency energy',
      emptyMeans: catalogueMeans('outlook.performancePerWatt'),
    },
  ),
  field(
    'Outlook',
    'fleetPerYear',
    'World’s computing',
    'ratio',
    'Times the computing of all AI accelerators a year earlier: how work grows that grows as the world’s does.',
    { keywords: 'trend growth', emptyMeans: catalogueMeans('outlook.stockGrowth') },
  ),
];
