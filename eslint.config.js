import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import checkFile from 'eslint-plugin-check-file';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * Project references already stop most wrong imports; these rules close what references leave open
 * (they are transitive) and say which way to go instead.
 */
function forbid(files, ...patterns) {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

const outside = {
  regex: '^(?!\\.|@engine/)',
  message: 'The engine imports nothing from outside itself: pass the value in as an argument.',
};
const engine = { regex: '(^@engine/)|(/engine/)', message: 'Go through @shared instead.' };
const parentOf = (rooms, message) => ({ regex: `(\\.\\./)+(${rooms})/`, message });
const noElectron = {
  regex: '^electron(/|$)',
  message: 'Only main/shell imports electron: pass what you need from there.',
};
const noSharedUp = parentOf(
  'main|preload|renderer|cli',
  'shared is what processes agree on: it knows no process.',
);
const contractInstead = (rooms) =>
  parentOf(rooms, 'Processes talk only through shared/ipc/contract.ts: add a channel there.');

const features = readdirSync('src/renderer/features', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

export default tseslint.config(
  {
    ignores: [
      'out/',
      'dist/',
      'node_modules/',
      'test-results/',
      'playwright-report/',
      'resources/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        fetch: 'readonly',
        require: 'readonly',
        module: 'readonly',
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        performance: 'readonly',
      },
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { 'check-file': checkFile },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      'max-lines': ['error', { max: 400 }],
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Use a named export: names then agree everywhere.',
        },
        { selector: 'ExportAllDeclaration', message: 'Name what is exported.' },
      ],
      'check-file/filename-naming-convention': [
        'error',
        {
          'src/**/*.ts': 'KEBAB_CASE',
          'src/renderer/**/*.tsx': '@(+([A-Z])*([a-zA-Z0-9])|+([a-z])*([a-z0-9-]))',
        },
        { ignoreMiddleExtensions: true },
      ],
    },
  },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['src/cli/**'], rules: { 'no-console': 'off' } },
  {
    files: ['src/renderer/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ['src/engine/**'],
    rules: {
      'no-restricted-globals': ['error', 'Date', 'process', 'window', 'fetch', 'performance'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Pass a seeded generator in.' },
      ],
    },
  },
  forbid(['src/engine/**'], outside),
  forbid(['src/shared/**'], noElectron, noSharedUp),
  forbid(['src/preload/**'], engine, contractInstead('main|renderer|cli')),
  forbid(['src/main/**'], noElectron, contractInstead('preload|renderer|cli')),
  forbid(['src/main/shell/**', 'src/main/index.ts'], contractInstead('preload|renderer|cli')),
  forbid(['src/cli/**'], noElectron, contractInstead('main|preload|renderer')),
  forbid(['src/renderer/**'], noElectron, contractInstead('main|preload|cli')),
  ...features.map((feature) =>
    forbid(
      [`src/renderer/features/${feature}/**`],
      noElectron,
      contractInstead('main|preload|cli'),
      {
        regex: `^\\.(.*/)?(${features.filter((other) => other !== feature).join('|') || '-'})/`,
        message:
          'A feature never imports another feature: move what both need to document/ or report/.',
      },
    ),
  ),
);
