import { type ReadonlySignal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { CommandPalette } from '../command/command-palette.tsx';
import type { Commands } from '../command/command-table.ts';
import type { Help } from '../command/help-commands.ts';
import { shortcutOf } from '../command/shortcut-of.ts';
import { ShortcutSheet } from '../command/shortcut-sheet.tsx';
import { DeskPanel } from '../desk-panel/desk-panel.tsx';
import type { PictureFile } from '../picture/picture-file.ts';
import { PictureView } from '../picture/picture-view.tsx';
import { TransportBar } from '../transport-bar/transport-bar.tsx';
import type { Workspace } from '../workspace.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Header } from './header.tsx';
import { Nothing } from './nothing.tsx';
import { NoticeList } from './notice-list.tsx';
import type { Notices } from './notices.ts';
import { type Panel, SidePanel } from './side-panel.tsx';
import { Splitter } from './splitter.tsx';
import { type AppView, PANEL_WIDTH, TOP_HEIGHT } from './view.ts';
import './app.css';

/** What the frame is put together from. */
export interface AppParts {
  readonly workspace: Workspace;
  readonly view: AppView;
  readonly commands: Commands;
  readonly help: Help;
  readonly notices: Notices;
  readonly pictureFile: ReadonlySignal<PictureFile | undefined>;
  readonly panels: readonly Panel[];
  readonly timeline: () => ComponentChildren;
  /** Dialogs of parts, such as what to do about a conflict. */
  readonly dialogs: () => ComponentChildren;
  readonly serverState: ReadonlySignal<'open' | 'away' | 'restarted'>;
}

/**
 * The frame:
 *
 *     header
 *     picture │ desk │ panels
 *     transport
 *     timeline
 */
export function App(parts: AppParts & { readonly onFault: (part: string, error: unknown) => void }) {
  const { workspace, view, commands, help, notices, pictureFile, onFault } = parts;
  const shortcut = (id: string) => shortcutOf(commands, id);
  const guard = (name: string, content: ComponentChildren) => (
    <ErrorBoundary name={name} onError={onFault}>
      {content}
    </ErrorBoundary>
  );
  const hasFilm = workspace.studio.film.value !== undefined;
  return (
    <div
      class="app"
      style={{ '--top-height': `${view.topHeight.value}px`, '--panel-width': `${view.panelWidth.value}px` }}
    >
      <Header
        workspace={workspace}
        view={view}
        shortcutOf={shortcut}
        showProblems={() => {
          view.isPanelOpen.value = true;
          view.panel.value = 'cues';
        }}
      />
      <ServerBanner state={parts.serverState} />
      <main class="app-main">
        <div class="top">
          <div class="top-picture">
            {guard(
              'The picture',
              hasFilm ? (
                <PictureView workspace={workspace} file={pictureFile.value} />
              ) : (
                <Nothing workspace={workspace} />
              ),
            )}
            {hasFilm && <Invitation workspace={workspace} />}
          </div>
          {view.isDeskOpen.value && (
            <div class="top-desk">{guard('The desk', <DeskPanel workspace={workspace} />)}</div>
          )}
          {view.isPanelOpen.value && (
            <>
              <Splitter
                label="Width of the panels"
                orientation="vertical"
                size={view.panelWidth}
                {...PANEL_WIDTH}
                direction={-1}
              />
              <div class="top-panel">
                {guard('The panel', <SidePanel view={view} panels={parts.panels} />)}
              </div>
            </>
          )}
        </div>
        <Splitter
          label="Height of the picture"
          orientation="horizontal"
          size={view.topHeight}
          {...TOP_HEIGHT}
        />
        <div class="app-transport">
          {guard('The transport', <TransportBar workspace={workspace} shortcutOf={shortcut} />)}
        </div>
        <div class="app-timeline">{guard('The timeline', parts.timeline())}</div>
      </main>
      {parts.dialogs()}
      <CommandPalette commands={commands} isOpen={help.isPaletteOpen} />
      <ShortcutSheet commands={commands} isOpen={help.isShortcutSheetOpen} />
      <NoticeList notices={notices} />
    </div>
  );
}

/** The first gesture, without which a browser plays nothing. */
function Invitation({ workspace }: { workspace: Workspace }) {
  const isAccepted = useSignal(false);
  if (workspace.transport.isPlaying.value || workspace.transport.position.value > 0) isAccepted.value = true;
  if (isAccepted.value) return null;
  return (
    <div class="invitation">
      <button type="button" class="is-primary" onClick={() => workspace.commands.run('transport.toggle')}>
        ▶ Start audio <kbd>Space</kbd>
      </button>
    </div>
  );
}

/** Says when nothing can be saved, and what to do. */
function ServerBanner({ state }: { state: ReadonlySignal<'open' | 'away' | 'restarted'> }) {
  if (state.value === 'open') return null;
  return (
    <div class="banner" role="alert">
      {state.value === 'away' ? (
        <p>
          <strong>The preview’s server does not answer.</strong> What you change is kept in this browser. Was
          it ended? Start <code>runout preview</code> again and load this page anew: you are offered it back.
        </p>
      ) : (
        <>
          <p>
            <strong>The preview was started again.</strong> Load this page anew to go on; what you have not
            saved is kept.
          </p>
          <button type="button" class="is-small" onClick={() => location.reload()}>
            Load anew
          </button>
        </>
      )}
    </div>
  );
}
