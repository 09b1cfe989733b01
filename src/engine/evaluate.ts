import type { Catalogue } from './catalogue/types';
import type { Plan } from './plan';
import type { Report } from './report';

export declare function evaluate(plan: Plan, catalogue: Catalogue): Report;
