import { Button, FileButton, Modal, Textarea } from '@mantine/core';
import { readConfigText } from '@shared/model-import/imported-model';
import { useMemo } from 'react';
import { usePlan } from '../../document/document';
import { ConfigProblems } from './ConfigProblems';
import { ImportedModelList } from './ImportedModelList';
import { closeModelImport, setConfigText, useModelImport } from './import-store';
import { ImportPreview } from './ImportPreview';
import classes from './model-import.module.css';

/** Reads a config.json from a file, from the window or from pasted text, and shows what it becomes before it is added. */
export function ImportModelDialog() {
  const { text, fileName } = useModelImport();
  const plan = usePlan();
  const reading = useMemo(() => (text.trim() === '' ? null : readConfigText(text)), [text]);
  if (plan === null) return null;
  return (
    <Modal
      opened
      onClose={closeModelImport}
      title="Import a model"
      size={720}
      closeButtonProps={{ 'aria-label': 'Close without importing' }}
    >
      <div className={classes.dialog}>
        <p className={classes.lead}>
          A Hugging Face config.json says how a model is built. Choose the file, drop it on the
          window or paste its text; the model is kept in this plan.
        </p>
        <div className={classes.row}>
          <FileButton
            accept=".json,application/json"
            onChange={(file) => {
              if (file) void file.text().then((content) => setConfigText(content, file.name));
            }}
          >
            {(props) => (
              <Button {...props} variant="default" data-autofocus>
                Choose a file…
              </Button>
            )}
          </FileButton>
          <span className={classes.quiet} role="status">
            {fileName === '' ? 'No file chosen' : `From ${fileName}`}
          </span>
        </div>
        <Textarea
          label="Text of the config.json"
          placeholder={'{ "model_type": "llama", "hidden_size": 4096, … }'}
          classNames={{ input: classes.text ?? '' }}
          autosize
          minRows={4}
          maxRows={10}
          spellCheck={false}
          value={text}
          onChange={({ currentTarget }) => setConfigText(currentTarget.value)}
        />
        {reading?.ok === false && <ConfigProblems problems={reading.problems} />}
        {reading?.ok === true && <ImportPreview key={text} plan={plan} config={reading.config} />}
        <ImportedModelList plan={plan} />
      </div>
    </Modal>
  );
}
