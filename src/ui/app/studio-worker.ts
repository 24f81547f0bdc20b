import { createHttpFiles, type ServerAccess } from '../server/http-files.ts';
import { serveStudio } from '../studio/serve-studio.ts';

serveStudio((access: ServerAccess) => createHttpFiles(access));
