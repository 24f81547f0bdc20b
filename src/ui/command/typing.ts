/** Inputs that a Space types nothing into, and does nothing to. */
const BUTTON_INPUTS = new Set(['button', 'submit', 'reset', 'image', 'range', 'color', 'file']);

/** Whether text goes to an element, or to nothing behind the dialog that it is in. */
export function isForTyping(element: Element): boolean {
  return isInDialog(element) || isTextField(element);
}

export function isInDialog(element: Element): boolean {
  return element.closest('dialog[open], [popover]:popover-open') !== null;
}

export function isTextField(element: Element): boolean {
  if (element instanceof HTMLTextAreaElement) return true;
  if (element instanceof HTMLInputElement) {
    return !BUTTON_INPUTS.has(element.type) && element.type !== 'checkbox' && element.type !== 'radio';
  }
  return element instanceof HTMLElement && element.isContentEditable;
}
