import { effect } from '@preact/signals';
import { createCommandTable } from '../command/command-table.ts';
import { createHelp } from '../command/help-commands.ts';
import { keepKeys } from '../command/keep-keys.ts';
import { listenToClipboard } from '../command/listen-to-clipboard.ts';
import { listenToKeys } from '../command/listen-to-keys.ts';
import { keysOf, shortcutOf } from '../command/shortcut-of.ts';
import { CueList } from '../cue-list/cue-list.tsx';
import { VersionsPanel } from '../cue-list/versions-panel.tsx';
import { createDelivery } from '../deliver/delivery.ts';
import { Render } from '../deliver/render.tsx';
import { createDesk } from '../desk/desk.ts';
import { createDocument } from '../document/document.ts';
import { DocumentDialogs } from '../document/document-dialogs.tsx';
import { openJournal } from '../document/journal.ts';
import { guardPage } from '../document/page-guard.ts';
import { serverFile } from '../document/server-file.ts';
import { Inspector } from '../inspector/inspector.tsx';
import { keepFirstFrame } from '../picture/keep-first-frame.ts';
import { connect } from '../server/server.ts';
import { createStudio } from '../studio/studio.ts';
import { TextPanel } from '../text/text-panel.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { createTransport } from '../transport/transport.ts';
import type { Workspace } from '../workspace.ts';
import type { AppParts } from './app.tsx';
import { appCommands } from './app-commands.ts';
import { followCues } from './follow-cues.ts';
import { keepListening } from './keep-listening.ts';
import { createNotices } from './notices.ts';
import { createPictureSlot } from './picture-slot.ts';
import type { Panel } from './side-panel.tsx';
import { storageOf } from './storage.ts';
import StudioWorker from './studio-worker.ts?worker';
import { takeFiles } from './take-files.ts';
import { tellSilentSounds } from './tell-silent-sounds.ts';
import { followTheme } from './theme.ts';
import { createView } from './view.ts';
import { PANEL_NAMES } from './view-commands.ts';

/**
 * Starts the app: session ─▶ document ─▶ studio ─▶ desk ─▶ transport. What it makes lives as long as the page.
 *
 * @throws ServerProblem where the server does not answer, or the sheet cannot be read
 */
export async function boot(): Promise<AppParts> {
  const notices = createNotices();
  const { notify } = notices;
  const tellProblem = (message: string) => notices.mention(message);
  const view = createView(window);
  followTheme(view.theme, window.document);

  const server = await connect();
  const { session, access } = server;
  const found = await server.readSheet();
  const sheet = createDocument({
    ...found,
    file: serverFile(server),
    journal: openJournal(session.sheetPath),
    notify,
  });
  guardPage(sheet);
  server.onSheetChanged((etag) => void sheet.fileChanged(etag));

  const studio = await createStudio({
    document: sheet,
    place: { sheetPath: session.sheetPath, name: session.name, root: session.root },
    access,
    startWorker: (name) => new StudioWorker({ name }),
    onProblem: tellProblem,
  });
  server.onFilesChanged(studio.filesChanged);
  const desk = createDesk({ feed: studio.feed, film: studio.film, onProblem: tellProblem });
  const transport = createTransport({
    feed: studio.feed,
    player: desk.player,
    film: studio.film,
    isScrubHeard: view.isScrubHeard,
  });

  const storage = storageOf(window);
  const slot = createPictureSlot({
    transport,
    film: studio.film,
    desk,
    served:
      server.picture && server.pictureUrl ? { name: server.picture, url: server.pictureUrl } : undefined,
    onServedChanged: server.onPictureChanged,
    keepFirstFrame: ({ name, startTimecode }) =>
      storage
        ? keepFirstFrame(startTimecode, { sheet: session.sheetPath, picture: name }, storage)
        : undefined,
    notify,
    mention: tellProblem,
  });

  const help = createHelp();
  const commands = createCommandTable(() => appCommands(workspace, view, help), notify);
  const workspace: Workspace = {
    document: sheet,
    studio,
    transport,
    desk,
    view,
    commands,
    server,
    picture: slot.picture,
    notify,
  };
  const delivery = createDelivery(workspace, access);
  if (storage) {
    keepKeys(commands, storage);
    keepListening({ transport, desk, film: studio.film }, session.sheetPath, storage);
  }
  listenToKeys(window, commands);
  listenToClipboard(window, commands);
  takeFiles(window, {
    notify,
    showVideo: (video) => void slot.show(video),
    keysForSounds: () => keysOf(commands, 'cue.sounds'),
  });
  nameThePage(workspace);
  followCues(workspace);
  const silentSounds = tellSilentSounds(studio.soundProblems, server.isConnected, tellProblem);
  server.onFilesChanged(silentSounds.forget);

  const panelContents: Readonly<Record<Panel['id'], Panel['render']>> = {
    cues: () => <CueList workspace={workspace} />,
    inspector: () => <Inspector workspace={workspace} />,
    text: () => <TextPanel workspace={workspace} />,
    versions: () => <VersionsPanel workspace={workspace} />,
    render: () => <Render workspace={workspace} delivery={delivery} />,
  };
  return {
    workspace,
    view,
    commands,
    help,
    notices,
    pictureFile: slot.file,
    panels: PANEL_NAMES.map(([id, name]) => ({
      id,
      name,
      get shortcut() {
        return shortcutOf(commands, `view.${id}`);
      },
      render: panelContents[id],
    })),
    timeline: () => <Timeline workspace={workspace} keysOf={(id) => keysOf(commands, id)} />,
    dialogs: () => <DocumentDialogs document={sheet} />,
    serverState: server.state,
  };
}

/** The title of the page: the film's, with a dot while something is not saved. */
function nameThePage({ document: sheet, studio, server }: Workspace): void {
  effect(() => {
    const title = studio.film.value?.score.title ?? server.sheetName;
    window.document.title = `${sheet.isDirty.value ? '● ' : ''}${title} – Runout`;
  });
}
