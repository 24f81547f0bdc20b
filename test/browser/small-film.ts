/** Where the sheet would lie; its text is the editor's. */
export const SMALL_SHEET = '/cues/small.cues.json';

/** Twenty seconds with something of everything: a bed, hits, a room, a record, a gate; stems of 1, 2 and 6 channels. */
export function smallFilm({ bedDb = -6, note = '' } = {}): string {
  return JSON.stringify(
    {
      version: 1,
      title: 'Small',
      'x-note': note,
      edit: {
        frameRate: '24',
        start: '01:00:00:00',
        shots: [
          { id: 'a', scene: '1', in: 0, out: 240 },
          { id: 'b', scene: '1', in: 240, out: 480 },
        ],
      },
      sampleRate: 48000,
      seed: 8,
      sounds: {
        bed: { file: '../samples/servo-1.flac' },
        mop: { file: '../samples/mop-1.flac' },
        step: { file: '../samples/step-1.flac' },
        door: { file: '../samples/door-close.flac' },
      },
      spaces: { hall: { impulse: '../samples/ballroom-ir.flac' } },
      players: { portable: { rpm: '100/3', pressing: { seed: 3, crackle: 0.4, ticks: 2 } } },
      stems: { room: { channels: 1 }, sfx: {}, record: {}, wide: { channels: 6 } },
      cues: [
        {
          id: 'tone',
          type: 'room-tone',
          stem: 'room',
          sounds: [{ sound: 'bed', gainDb: bedDb }],
          overlap: '0.2s',
        },
        {
          id: 'mop',
          type: 'practical',
          stem: 'sfx',
          sound: ['mop', 'step'],
          at: 'start + 0.5s',
          repeat: { every: '0.7s', until: 'cue:nothing.start - 1s', jitter: '80ms' },
          space: { to: 'hall', sendDb: -6 },
        },
        {
          id: 'drop',
          type: 'needle-drop',
          stem: 'record',
          player: 'portable',
          record: 'door',
          at: 'start + 1s',
        },
        { id: 'knock', type: 'practical', stem: 'wide', sound: 'door', at: 'start + 4s', pan: 0.3 },
        { id: 'nothing', type: 'silence', at: 'start + 12s', for: '1s' },
      ],
    },
    undefined,
    1,
  );
}
