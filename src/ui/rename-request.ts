import { viewRequest } from './view-request.ts';

/** The id of the cue whose name is to be written anew; undefined once its field has been come to. */
export const renameRequest = viewRequest<string | undefined>(undefined);
