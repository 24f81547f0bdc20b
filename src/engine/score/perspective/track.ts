import type { Camera, CameraPlace, Shot } from '../../edit/edit.ts';
import { frameToSample } from '../../time/frame-rate.ts';
import type { Setting } from '../setting.ts';
import type { Stand } from './stand.ts';
import { NEUTRAL, type View, viewOf } from './view.ts';

/** A cut is heard as one from 10 ms before it: then the new shot begins with its own sound. */
const CUT_SECONDS = 0.01;
/** A move is made of straight lines between stations that lie no further apart than this, dB. */
const STATION_DB = 1.5;
const MOST_STATIONS = 16;
/** Places along a move at which its way is measured. */
const SOUNDINGS = 64;

/** A view that is there in full at one sample, or from there on to another; the way to the next lies between. */
interface Station {
  readonly view: View;
  readonly from: number;
  readonly to: number;
}

/**
 * How the film is heard, from its first sample to its last: each stand falls as the next one rises, so that at each
 * sample they add up to 1. Neighbours with the same view are one, so a film whose cameras are all alike has one.
 *
 * @param strength - 0 … 1: how much of its camera a sound takes on.
 */
export function trackOf(setting: Setting, strength: number): readonly Stand[] {
  const stations = joined(stationsOf(setting, strength));
  return stations.map(({ view, from, to }, index) => ({
    view,
    start: stations[index - 1]?.to ?? Number.NEGATIVE_INFINITY,
    full: index === 0 ? Number.NEGATIVE_INFINITY : from,
    fall: index === stations.length - 1 ? Number.POSITIVE_INFINITY : to,
    end: stations[index + 1]?.from ?? Number.POSITIVE_INFINITY,
  }));
}

function stationsOf({ edit, sheet }: Setting, strength: number): Station[] {
  const { sampleRate } = sheet;
  const cut = Math.round(CUT_SECONDS * sampleRate);
  const sampleOf = (frame: number) => frameToSample(frame - edit.startFrame, edit.frameRate, sampleRate);
  const shots = edit.shots.filter(
    (shot, index) => index === 0 || shot.recordIn > edit.shots[index - 1]!.recordIn,
  );
  return shots.flatMap((shot, index) => {
    const next = shots[index + 1];
    const start = sampleOf(shot.recordIn);
    // Black after a shot is heard as the shot.
    const end = sampleOf(next?.recordIn ?? shot.recordOut) - (next ? cut : 0);
    const moveEnd = Math.min(end, sampleOf(shot.recordOut) - cut);
    const views = viewsOf(shot, strength);
    const steps = views.length - 1;
    return views.map((view, step): Station => {
      const at = steps === 0 ? start : start + Math.round(((moveEnd - start) * step) / steps);
      return { view, from: at, to: step === steps ? Math.max(at, end) : at };
    });
  });
}

/** The views of a shot: one, or those of the stations of its move, at equal times. */
function viewsOf({ camera = {} }: Shot, strength: number): View[] {
  const [from, to] = [placeOf(camera, camera.from), placeOf(camera, camera.to)];
  const sound = (steps: number) =>
    Array.from({ length: steps + 1 }, (_, step) =>
      viewOf(between(from, to, steps === 0 ? 0 : step / steps), strength),
    );
  // The whole way, since a camera can come back to where it set off.
  const way = waysBetween(sound(SOUNDINGS)).reduce((sum, one) => sum + one, 0);
  let steps = Math.min(MOST_STATIONS, Math.ceil(way / STATION_DB));
  while (steps < MOST_STATIONS && waysBetween(sound(steps)).some((one) => one > STATION_DB)) steps++;
  return sound(steps);
}

/** From each view to the next, dB. */
function waysBetween(views: readonly View[]): number[] {
  return views
    .slice(1)
    .map((view, index) =>
      Math.max(Math.abs(view.directDb - views[index]!.directDb), Math.abs(view.airDb - views[index]!.airDb)),
    );
}

function placeOf(camera: Camera, end: CameraPlace = {}): Required<CameraPlace> {
  return {
    height: end.height ?? camera.height ?? NEUTRAL.height,
    distance: end.distance ?? camera.distance ?? NEUTRAL.distance,
    lens: end.lens ?? camera.lens ?? NEUTRAL.lens,
  };
}

/** A camera on its way: it sets off and arrives gently (3t² − 2t³). */
function between(
  from: Required<CameraPlace>,
  to: Required<CameraPlace>,
  share: number,
): Required<CameraPlace> {
  const done = share * share * (3 - 2 * share);
  const way = (a: number, b: number) => a + (b - a) * done;
  return {
    height: way(from.height, to.height),
    distance: way(from.distance, to.distance),
    lens: way(from.lens, to.lens),
  };
}

function joined(stations: readonly Station[]): Station[] {
  const apart: Station[] = [];
  for (const station of stations) {
    const last = apart.at(-1);
    if (last && isSame(last.view, station.view)) apart[apart.length - 1] = { ...last, to: station.to };
    else apart.push(station);
  }
  return apart;
}

function isSame(a: View, b: View): boolean {
  return a.directDb === b.directDb && a.airDb === b.airDb;
}
