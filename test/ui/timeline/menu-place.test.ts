import { expect, test } from 'vitest';
import { placeMenu } from '../../../src/ui/timeline/menu-place.ts';

const WINDOW = { width: 1280, height: 800 };
const MENU = { width: 240, height: 300 };

test('a menu hangs from the point that it was asked for at', () => {
  expect(placeMenu({ x: 100, y: 200 }, MENU, WINDOW)).toEqual({ left: 100, top: 200 });
});

test('where there is no room it goes to the other side of the point', () => {
  expect(placeMenu({ x: 1200, y: 700 }, MENU, WINDOW)).toEqual({ left: 960, top: 400 });
});

test('it is never outside of the window, from where its first items would be out of reach', () => {
  expect(placeMenu({ x: 5, y: 3 }, MENU, WINDOW)).toEqual({ left: 8, top: 8 });
  expect(placeMenu({ x: 100, y: 200 }, { width: 240, height: 780 }, WINDOW)).toEqual({ left: 100, top: 8 });
  expect(placeMenu({ x: 100, y: 200 }, { width: 240, height: 2000 }, WINDOW)).toEqual({ left: 100, top: 8 });
});
