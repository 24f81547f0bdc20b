import { computed, effect, signal } from '@preact/signals';
import { createCommandTable } from '../command/command-table.ts';
import { createHelp } from '../command/help-commands.ts';
import { keepKeys } from '../command/keep-keys.ts';
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
import { openPicture, type PictureFile } from '../picture/picture-file.ts';
import { connect } from '../server/server.ts';
import { createStudio } from '../studio/studio.ts';
import { TextPanel } from '../text/text-panel.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { createTransport } from '../transport/transport.ts';
import type { Workspace } from '../workspace.ts';
import type { AppParts } from './app.tsx';
import { appCommands } from './app-commands.ts';
import { followRenaming } from './follow-renaming.ts';
import { createNotices } from './notices.ts';
import type { Panel } from './side-panel.tsx';
import { storageOf } from './storage.ts';
import StudioWorker from './studio-worker.ts?worker';
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
  const pictureFile =
    server.picture && server.pictureUrl ? openPicture(server.picture, server.pictureUrl) : undefined;
  if (pictureFile) {
    const shown = { sheet: session.sheetPath, picture: pictureFile.name };
    if (storage) keepFirstFrame(pictureFile.startTimecode, shown, storage);
    followPicture(pictureFile, { desk, transport, studio });
    tellMismatch(pictureFile, tellProblem);
    server.onPictureChanged(pictureFile.reload);
  }

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
    picture: pictureFile ?? NO_PICTURE,
    notify,
  };
  const delivery = createDelivery(workspace, access);
  if (storage) keepKeys(commands, storage);
  listenToKeys(window, commands);
  nameThePage(workspace);
  followRenaming(workspace);
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
    pictureFile,
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

/** The animatic is drawn from what is heard: there is nothing to measure. */
const NO_PICTURE: Workspace['picture'] = { driftFrames: signal(undefined), still: signal(undefined) };

/** Puts the picture on the transport, and its own sound on the desk, where it has one. */
function followPicture(
  file: PictureFile,
  parts: {
    desk: ReturnType<typeof createDesk>;
    transport: Workspace['transport'];
    studio: Workspace['studio'];
  },
): void {
  const { desk, transport, studio } = parts;
  file.follow(transport, studio.film, () => {
    const guide = desk.guide.value;
    return guide !== undefined && !guide.isMuted.value;
  });
  effect(() => {
    if (!file.facts.value?.hasSound || file.problem.value) return;
    // From here on its sound goes to the desk alone, where it is off at first.
    file.video.muted = false;
    desk.setGuide(file.video);
  });
}

/** Says once, and again only where it has become another, how the picture differs from the edit. */
function tellMismatch({ mismatch }: PictureFile, tell: (message: string) => void): void {
  const rate = computed(() => mismatch.value.rate);
  const length = computed(() => mismatch.value.length);
  for (const remark of [rate, length]) {
    effect(() => {
      if (remark.value !== undefined) tell(remark.value);
    });
  }
}

/** The title of the page: the film's, with a dot while something is not saved. */
function nameThePage({ document: sheet, studio, server }: Workspace): void {
  effect(() => {
    const title = studio.film.value?.score.title ?? server.sheetName;
    window.document.title = `${sheet.isDirty.value ? '● ' : ''}${title} – Runout`;
  });
}
