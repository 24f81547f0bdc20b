import { dance } from './dance/dance.ts';
import type { Recipe } from './recipe.ts';
import { ballroom } from './sounds/ballroom.ts';
import { beds } from './sounds/beds.ts';
import { chairs } from './sounds/chairs.ts';
import { cloths } from './sounds/cloths.ts';
import { creaks } from './sounds/creaks.ts';
import { doors } from './sounds/doors.ts';
import { footsteps } from './sounds/footsteps.ts';
import { glasses } from './sounds/glasses.ts';
import { machines } from './sounds/machines.ts';
import { mop } from './sounds/mop.ts';

/** Every sound of the collection. */
export const catalogue: readonly Recipe[] = [
  ...beds,
  ...creaks,
  ...footsteps,
  ...chairs,
  ...mop,
  ...glasses,
  ...doors,
  ...cloths,
  ...machines,
  ...ballroom,
  ...dance,
];
