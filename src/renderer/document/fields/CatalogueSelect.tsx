import { Select, Text } from '@mantine/core';
import { fieldId } from './field-id';

export interface CatalogueOption {
  readonly value: string;
  readonly label: string;
  /** published facts in a few words */
  readonly facts: string;
  /** further words under which it is found */
  readonly keywords: string;
  /** shown once something is typed that it matches */
  readonly isRare?: boolean;
}

interface CatalogueSelectProps {
  readonly field: string;
  readonly label: string;
  readonly options: readonly CatalogueOption[];
  readonly value: string | null;
  readonly onChoose: (value: string) => void;
}

function matches(option: CatalogueOption, search: string, chosen: string | null): boolean {
  if (option.isRare && search === '' && option.value !== chosen) return false;
  const haystack = `${option.label} ${option.facts} ${option.keywords}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

/** Chooses a model, a system or a region by name, alias or published fact. */
export function CatalogueSelect(props: CatalogueSelectProps) {
  const { field, label, options, value, onChoose } = props;
  const chosen = options.find((option) => option.value === value);
  const isUnknown = value !== null && !chosen;
  const byValue = new Map(options.map((option) => [option.value, option]));
  return (
    <Select
      id={fieldId(field)}
      label={label}
      description={chosen?.facts}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={isUnknown ? `“${value}” is not in the catalogue. Choose another entry.` : null}
      data={options.map((option) => ({ value: option.value, label: option.label }))}
      value={chosen ? value : null}
      placeholder={isUnknown ? value : 'Choose…'}
      searchable
      allowDeselect={false}
      maxDropdownHeight={320}
      nothingFoundMessage="Nothing in the catalogue has this name."
      filter={({ options: items, search }) =>
        items.filter((item) => {
          const option = 'value' in item ? byValue.get(item.value) : undefined;
          return option !== undefined && matches(option, search.trim(), value);
        })
      }
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.label}</Text>
          <Text size="xs" c="dimmed">
            {byValue.get(option.value)?.facts}
          </Text>
        </div>
      )}
      onChange={(chosenValue) => {
        if (chosenValue !== null && chosenValue !== value) onChoose(chosenValue);
      }}
    />
  );
}
