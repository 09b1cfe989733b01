import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Failure } from '@shared/result';

interface NoticeAction {
  readonly label: string;
  readonly perform: () => void;
}

interface NoticeContentProps {
  readonly id: string;
  readonly message: string;
  readonly action: NoticeAction;
}

function NoticeContent({ id, message, action }: NoticeContentProps) {
  return (
    <Group gap="sm" justify="space-between" wrap="nowrap">
      <Text component="span" size="sm" style={{ overflowWrap: 'anywhere' }}>
        {message}
      </Text>
      <Button
        size="compact-xs"
        variant="light"
        flex="none"
        onClick={() => {
          notifications.hide(id);
          action.perform();
        }}
      >
        {action.label}
      </Button>
    </Group>
  );
}

let count = 0;

function show(message: string, color: string, autoClose: number | false, action?: NoticeAction) {
  count += 1;
  const id = `notice-${count}`;
  notifications.show({
    id,
    message: action ? <NoticeContent id={id} message={message} action={action} /> : message,
    color,
    autoClose,
    withBorder: true,
    role: color === 'red' ? 'alert' : 'status',
    closeButtonProps: { 'aria-label': 'Dismiss' },
  });
}

/** A problem stays until it is dismissed. */
export function noticeProblem(message: string, action?: NoticeAction): void {
  show(message, 'red', false, action);
}

export function noticeFailure({ message }: Failure): void {
  noticeProblem(message);
}

/** A note leaves by itself; with an action it stays longer. */
export function noticeNote(message: string, action?: NoticeAction): void {
  show(message, 'teal', action ? 12_000 : 5_000, action);
}
