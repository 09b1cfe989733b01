import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import { Notifications } from '@mantine/notifications';
import { usePlanCatalogue, usePlanName } from '../document/document';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { CatalogueScreen } from '../features/catalogue/CatalogueScreen';
import { ExploreScreen } from '../features/explore/ExploreScreen';
import { LibraryScreen } from '../features/library/LibraryScreen';
import { ImportModelDialog } from '../features/model-import/ImportModelDialog';
import { NewPlanDialog } from '../features/new-plan/NewPlanDialog';
import { PlanScreen } from '../features/plan/PlanScreen';
import { VersionsDrawer } from '../features/plan/VersionsDrawer';
import { ReportProvider } from '../report/report-context';
import { ClusterwrightTheme } from '../theme/ClusterwrightTheme';
import { AboutDialog } from './AboutDialog';
import classes from './app.module.css';
import { AppHeader } from './AppHeader';
import { DropTarget } from './DropTarget';
import { ErrorBoundary } from './ErrorBoundary';
import { openSource } from './open-source';
import { Palette } from './Palette';
import { ShortcutKeys } from './ShortcutKeys';
import { ShortcutsDialog } from './ShortcutsDialog';
import { StatusBar } from './StatusBar';
import { tablePort } from './table-port';
import { useView } from './view-store';

/** The window: header, the screen that is shown, and what may lie above it. */
export function App() {
  const colorScheme = useView((view) => view.colorScheme);
  const subject = useView(({ screen, section }) => `${screen} ${section}`);
  return (
    <ClusterwrightTheme colorScheme={colorScheme}>
      <ReportProvider catalogue={bundledCatalogue} openSource={openSource} tables={tablePort}>
        <Notifications position="bottom-right" zIndex={400} />
        <DropTarget>
          <div className={classes.window}>
            <a className={classes.skip} href="#main">
              Skip to the content
            </a>
            <AppHeader />
            <div className={classes.content}>
              <ErrorBoundary subject={subject}>
                <Screen />
              </ErrorBoundary>
            </div>
            <StatusBar />
          </div>
        </DropTarget>
        <Dialogs />
        <Palette />
        <ShortcutKeys />
      </ReportProvider>
    </ClusterwrightTheme>
  );
}

function Screen() {
  const screen = useView((view) => view.screen);
  const hasPlan = usePlanName() !== null;
  const catalogue = usePlanCatalogue();
  if (screen === 'plan' && hasPlan) {
    return (
      <ReportProvider catalogue={catalogue}>
        <PlanScreen />
      </ReportProvider>
    );
  }
  if (screen === 'explore') return <ExploreScreen />;
  if (screen === 'catalogue') return <CatalogueScreen />;
  return screen === 'library' ? <LibraryScreen /> : null;
}

function Dialogs() {
  const dialog = useView((view) => view.dialog);
  switch (dialog) {
    case 'about':
      return <AboutDialog />;
    case 'shortcuts':
      return <ShortcutsDialog />;
    case 'versions':
      return <VersionsDrawer />;
    case 'new-plan':
      return <NewPlanDialog />;
    case 'import-model':
      return <ImportModelDialog />;
    case null:
      return null;
  }
}
