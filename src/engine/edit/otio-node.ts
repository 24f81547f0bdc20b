import type { JsonObject, JsonValue } from './otio-json.ts';

/** Stops the reading of a timeline: what would follow from a broken part is not worth telling. */
export class OtioFault extends Error {
  readonly rule: string;
  readonly hint: string;
  /** UTF-16 units from the file's beginning. */
  readonly offset: number;

  constructor(offset: number, rule: string, message: string, hint: string) {
    super(message);
    this.offset = offset;
    this.rule = rule;
    this.hint = hint;
  }
}

/** Undefined where it is missing or null: OTIO writes both for "none". */
export function member(node: JsonObject, key: string): JsonValue | undefined {
  const value = node.members.get(key);
  return value?.kind === 'null' ? undefined : value;
}

export function objectMember(node: JsonObject, key: string): JsonObject | undefined {
  const value = member(node, key);
  return value?.kind === 'object' ? value : undefined;
}

/** Undefined for an empty text too. */
export function textMember(node: JsonObject, key: string): string | undefined {
  const value = member(node, key);
  return value?.kind === 'string' && value.text !== '' ? value.text : undefined;
}

/** The objects of a list; anything else in it is passed over. */
export function objectsIn(node: JsonObject, key: string): JsonObject[] {
  const value = member(node, key);
  return value?.kind === 'array' ? value.items.filter((item) => item.kind === 'object') : [];
}

/** Schema without its version, under today's names: `Clip` for `Clip.2`, `Track` for `Sequence.1`. */
export function kindOf(node: JsonObject): string {
  const schema = textMember(node, 'OTIO_SCHEMA') ?? '';
  const kind = schema.slice(0, schema.includes('.') ? schema.lastIndexOf('.') : undefined);
  return kind === 'Sequence' ? 'Track' : kind === 'Filler' ? 'Gap' : kind;
}

/** Sound, subtitles and whatever else tracks may hold are not picture; a track without a kind is. */
export function isPicture(node: JsonObject): boolean {
  return kindOf(node) !== 'Track' || (textMember(node, 'kind') ?? 'Video') === 'Video';
}

export function isEnabled(node: JsonObject): boolean {
  const enabled = member(node, 'enabled');
  return enabled?.kind !== 'boolean' || enabled.value;
}

/** `Clip.1` has one media reference; `Clip.2` several, of which one is active. */
export function mediaOf(clip: JsonObject): JsonObject | undefined {
  const references = objectMember(clip, 'media_references');
  const key = textMember(clip, 'active_media_reference_key') ?? 'DEFAULT_MEDIA';
  return (references && objectMember(references, key)) ?? objectMember(clip, 'media_reference');
}

/** The part of its media that a clip shows: its own source range, else all that the media has. */
export function clipRange(clip: JsonObject): JsonObject | undefined {
  const media = mediaOf(clip);
  return objectMember(clip, 'source_range') ?? (media && objectMember(media, 'available_range'));
}
