import { Button, Center, Group, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { planDocument } from '../document/document';
import { goToLibrary } from './navigation';

interface ErrorBoundaryProps {
  /** what is shown; when it changes, drawing is tried again */
  readonly subject: string;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly message: string | null;
}

/** Stands in for a screen that could not be drawn. The plan itself is safe: it lives outside the screen. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { message: null };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override componentDidUpdate({ subject }: ErrorBoundaryProps) {
    if (subject !== this.props.subject && this.state.message !== null) this.retry();
  }

  private retry = () => this.setState({ message: null });

  override render() {
    const { message } = this.state;
    if (message === null) return this.props.children;
    return (
      <Center h="100%" p="xl">
        <Stack gap="sm" maw={520} role="alert">
          <Title order={1} size="h2">
            This screen could not be drawn
          </Title>
          <Text size="sm">
            The plan and all saved versions are kept. Undo the last change, or go back to the
            library and open the plan again.
          </Text>
          <Text size="xs" c="dimmed" ff="monospace">
            {message}
          </Text>
          <Group gap="sm">
            <Button
              onClick={() => {
                planDocument.undo();
                this.retry();
              }}
            >
              Undo the last change
            </Button>
            <Button variant="default" onClick={this.retry}>
              Try again
            </Button>
            <Button
              variant="default"
              onClick={() => {
                void goToLibrary().then(this.retry);
              }}
            >
              Go to the library
            </Button>
          </Group>
        </Stack>
      </Center>
    );
  }
}
