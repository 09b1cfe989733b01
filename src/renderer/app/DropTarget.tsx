import { useState, type DragEvent, type ReactNode } from 'react';
import classes from './app.module.css';
import { importFiles } from './file-actions';

interface DropTargetProps {
  readonly children: ReactNode;
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}

/** Takes plan files, PDFs with a plan inside and configurations of models that are dropped anywhere on the window. */
export function DropTarget({ children }: DropTargetProps) {
  const [isOver, setIsOver] = useState(false);
  return (
    <div
      className={classes.drop}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setIsOver(false);
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(false);
        void importFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {isOver && (
        <div className={classes.dropHint} role="status">
          Drop a .clusterplan file or an exported PDF to add it to the library, or a config.json to
          import its model into the open plan
        </div>
      )}
    </div>
  );
}
