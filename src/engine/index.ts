/**
 * The one door of the engine: the command line and the app import from here and from nowhere behind it.
 */

export type { Edit, EditOptions, Marker, Scene, Shot } from './edit/edit.ts';
export type { EditReading } from './edit/edit-reading.ts';
export { readEdit } from './edit/read-edit.ts';
export { editToJson } from './edit/to-json.ts';
export type { Issue } from './issue/issue.ts';
export { hasErrors } from './issue/issue.ts';
export { nearest } from './issue/nearest.ts';
export { Kernel } from './kernel/kernel.ts';
export { channelWeights } from './measure/channel-weights.ts';
export type { Measurement, PrintedLevels, PrintedMeasurement, Silence } from './measure/measurement.ts';
export { LEAST_SILENCE_SECONDS, printMeasurement } from './measure/measurement.ts';
export type { MeterReading } from './measure/meter.ts';
export { Meter } from './measure/meter.ts';
export type { MixerOptions } from './mix/mixer.ts';
export { Mixer } from './mix/mixer.ts';
export { KeptSpectra } from './mix/space/kept-spectra.ts';
export { partitionOf } from './mix/space/partition.ts';
export type { FilePorts, FileProblemKind } from './project/files.ts';
export { FileProblem } from './project/files.ts';
export { fileIssue } from './project/find-file.ts';
export type { PlacedIssue } from './project/placed-issue.ts';
export { placeIssues } from './project/placed-issue.ts';
export type { Project, ProjectOptions } from './project/project.ts';
export { openProject } from './project/project.ts';
export type { ProjectFile } from './project/project-file.ts';
export { ProjectMemory } from './project/project-memory.ts';
export { findRoot } from './project/root.ts';
export { decodeText } from './project/text.ts';
export { uniformAt } from './random/random.ts';
export type { Origination } from './render/bext.ts';
export type { Route } from './render/channels.ts';
export { routesInto } from './render/channels.ts';
export { lossOfEarlier } from './render/earlier-render.ts';
export { MANIFEST_NAME } from './render/file-names.ts';
export { createKernelSha256 } from './render/kernel-sha256.ts';
export { listedFiles } from './render/listed-files.ts';
export type { Manifest, ManifestFile, RenderSources } from './render/manifest.ts';
export type { Peaks } from './render/overs.ts';
export { RenderAborted, RenderError } from './render/render-error.ts';
export type { RenderFile, RenderJob, RenderRequest } from './render/render-job.ts';
export { fileLayout, planRender, unknownStem } from './render/render-job.ts';
export type {
  Checkpoint,
  OutputFile,
  RenderOutput,
  RenderThread,
} from './render/render-ports.ts';
export { OutputError } from './render/render-ports.ts';
export type { RenderResult } from './render/render-score.ts';
export { renderScore, totalWork } from './render/render-score.ts';
export type { Hash } from './render/render-work.ts';
export { RenderWork } from './render/render-work.ts';
export type { BitDepth } from './render/sample-format.ts';
export { parseBitDepth } from './render/sample-format.ts';
export { wavFileBytes } from './render/wav-header.ts';
export { resolvePosition } from './score/compile.ts';
export { convertedLength } from './score/converted-length.ts';
export { filterRing } from './score/filter-ring.ts';
export type { PlayedHit } from './score/played-hits.ts';
export { playedHits } from './score/played-hits.ts';
export type {
  FileSound,
  Filter,
  Gate,
  Region,
  RunOutLength,
  Score,
  ScoreCue,
  ScoreSound,
  ScoreStem,
  SoundInfo,
  StemChannels,
} from './score/score.ts';
export { spaceOfImpulse } from './score/spaces.ts';
export { scoreToJson } from './score/to-json.ts';
export type { Anchor, Place } from './sheet/anchor.ts';
export { formatPlace, parseAnchor } from './sheet/anchor.ts';
export type { DurationUnit } from './sheet/duration.ts';
export { parseDuration } from './sheet/duration.ts';
export { cueSheetJsonSchema } from './sheet/json-schema.ts';
export { isAlike } from './sheet/likeness.ts';
export { pointerOf } from './sheet/pointer.ts';
export { readSheet } from './sheet/read-sheet.ts';
export type { CueSheet } from './sheet/schema.ts';
export { blobSource, memorySource } from './sound/byte-source.ts';
export { deriveSounds } from './sound/derive-sounds.ts';
export { BlockCache } from './sound/filter/block-cache.ts';
export { FILTER_BLOCK_MOST } from './sound/filter/cascade.ts';
export { PHONE_FILTERS, sumToMono } from './sound/filter/phone.ts';
export type { ImpulseResponse } from './sound/impulse-response.ts';
export { openResponse } from './sound/open-response.ts';
export { openSound } from './sound/open-sound.ts';
export type { PcmCache } from './sound/pcm-cache.ts';
export { blobPcmCache } from './sound/pcm-cache.ts';
export { openPressing } from './sound/pressing/pressing.ts';
export type { SoundProbe } from './sound/probe-sound.ts';
export { probeSound } from './sound/probe-sound.ts';
export type { SharedSound } from './sound/share-sound.ts';
export { openShared, shareSound } from './sound/share-sound.ts';
export type { ByteSource, Sound } from './sound/sound.ts';
export { SoundError } from './sound/sound.ts';
export { streamSound } from './sound/stream-sound.ts';
export { whenAll } from './sound/when-all.ts';
export type { FrameRate } from './time/frame-rate.ts';
export {
  FRAME_RATE_NAMES,
  frameRateName,
  frameToSample,
  nominalFramesPerSecond,
  parseFrameRate,
  sampleToFrame,
} from './time/frame-rate.ts';
export { formatTimecode, parseTimecode } from './time/timecode.ts';
