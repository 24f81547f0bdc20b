import { serveStudio } from '../../src/ui/studio/serve-studio.ts';
import { fetchedFiles } from './fetched-files.ts';

serveStudio(() => fetchedFiles());
