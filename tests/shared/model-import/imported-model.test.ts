import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importedModelSchema } from '@shared/plan/imported-model-schema';
import {
  importedId,
  importedModel,
  proposedName,
  readConfigText,
} from '@shared/model-import/imported-model';

const folder = join(import.meta.dirname, '../../fixtures/configs');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

const llama = {
  model_type: 'llama',
  hidden_size: 4096,
  intermediate_size: 14_336,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  vocab_size: 128_256,
  max_position_embeddings: 131_072,
};

function problemsOf(text: string): string {
  const reading = readConfigText(text);
  if (reading.ok) throw new Error('It was read.');
  return reading.problems.map(({ field, problem }) => `${field}: ${problem}`).join('\n');
}

describe.each(files)('%s', (file) => {
  it('becomes a model that a plan can hold', () => {
    const reading = readConfigText(readFileSync(join(folder, file), 'utf8'));
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    const name = proposedName(reading.config);
    expect(name).not.toBe('');
    const naming = { id: importedId(name, []), name, importedOn: '2026-11-25' };
    const model = importedModel(reading.config, naming);
    expect(importedModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
    expect(model.assumptions).toEqual(reading.config.assumptions);
  });
});

describe('hostile text gets a named problem', () => {
  it.each([
    ['no JSON', 'hello', 'is not JSON'],
    ['a list', '[]', 'is not an object'],
    ['nothing', 'null', 'is not an object'],
    ['no type', '{}', 'model_type: is missing'],
    ['an unknown type', '{"model_type":"spaceship"}', "model_type: 'spaceship' is not one of"],
    ['a prototype', '{"__proto__":{"model_type":"llama"}}', 'model_type: is missing'],
    ['text for a number', JSON.stringify({ ...llama, hidden_size: '4096' }), 'hidden_size: needs'],
    ['a negative width', JSON.stringify({ ...llama, hidden_size: -1 }), 'hidden_size: needs'],
    ['an endless number', JSON.stringify(llama).replace('4096', '1e999'), 'hidden_size: needs'],
    ['endless layers', JSON.stringify({ ...llama, num_hidden_layers: 1e8 }), 'layers: cannot'],
    ['endless text', `"${'x'.repeat(1_100_000)}"`, 'is longer than'],
    ['deep nesting', `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'model_type: is missing'],
  ])('%s', (_what, text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  });

  it('whatever the text is, it is read or refused', () => {
    const field = fc.constantFrom(...Object.keys(llama), 'text_config', 'quantization_config');
    const value = fc.oneof(fc.jsonValue(), fc.constant(1e300), fc.constant(-0), fc.constant(''));
    fc.assert(
      fc.property(fc.dictionary(field, value), (changes) => {
        const reading = readConfigText(JSON.stringify({ ...llama, ...changes }));
        if (reading.ok) expect(reading.config.architecture.layers).toBeGreaterThan(0);
        else expect(reading.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an id for a model', () => {
  it('is made of its name and free', () => {
    expect(importedId('My Model 7B', [])).toBe('imported-my-model-7b');
    expect(importedId('My Model 7B', ['imported-my-model-7b'])).toBe('imported-my-model-7b-2');
    expect(importedId('///', [])).toBe('imported');
  });

  it('fits a plan, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200 }), (name) => {
        const first = importedId(name, []);
        const second = importedId(name, [first]);
        expect(second).not.toBe(first);
        for (const id of [first, second]) expect(id).toMatch(/^imported[a-z0-9.-]*$/);
        expect(second.length).toBeLessThanOrEqual(64);
      }),
    );
  });
});

describe('the name that is proposed', () => {
  const named = (name: string | undefined) => {
    const reading = readConfigText(JSON.stringify({ ...llama, _name_or_path: name }));
    if (!reading.ok) throw new Error('It was not read.');
    return proposedName(reading.config);
  };

  it.each([
    ['meta-llama/Llama-3.1-8B', 'Llama-3.1-8B'],
    ['C:\\models\\own', 'own'],
    ['./', '.'],
    ['', 'llama'],
    [undefined, 'llama'],
  ])('%s gives %s', (path, name) => {
    expect(named(path)).toBe(name);
  });
});
