/** Endings of audio files, also of kinds that cannot be read, so that they can be named; what is in them decides. */
export const AUDIO_ENDINGS: ReadonlySet<string> = new Set(
  (
    '.wav .wave .bwf .rf64 .flac .ogg .oga .mp3 .opus .aif .aiff .aifc .m4a .m4b .mp4 .mov .aac .ac3 .amr ' +
    '.wma .caf .w64 .ape .wv .tta .au .snd .mka .webm .dsf .mid .midi'
  ).split(' '),
);
