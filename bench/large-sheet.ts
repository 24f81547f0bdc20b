/**
 * A sheet of many cues for the demo's film: hits of its sounds, spread over all of it, in a form like one that was
 * written by hand. For measuring how the preview bears it.
 *
 * @param demo - The demo's sheet, whose sounds, stems, shots and beds it has.
 */
export function largeSheet(demo: string, cues: number): string {
  const sounds = ['mop-1', 'step-1', 'servo-1', 'chair-1', 'heel-1', 'coat-1', 'creak-1', 'wring-1'];
  const shots = [...demo.matchAll(/^ {4}"(\d-\d)": \{"camera"/gm)].map(([, id]) => id!);
  const frames = 240;
  const hits = Array.from({ length: cues }, (_, index) => {
    const sound = sounds[index % sounds.length]!;
    const shot = shots[Math.floor((index * shots.length) / cues)]!;
    const frame = (index * 37) % frames;
    const gainDb = -12 - (index % 7);
    return `    {"id": "hit-${index}", "type": "practical", "stem": "sfx", "sound": "${sound}", "at": "shot:${shot}.start + ${frame}f", "gainDb": ${gainDb}, "note": "hit ${index} of ${cues}"}`;
  });
  const place = demo.lastIndexOf('\n  ]');
  return `${demo.slice(0, place)},\n${hits.join(',\n')}${demo.slice(place)}`;
}
