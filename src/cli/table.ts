/** A column of a table: its heading, and whether its cells stand to the right as numbers do. */
export interface Column {
  readonly heading: string;
  readonly align?: 'left' | 'right';
}

/** Lines of a table with columns as wide as they need, two spaces apart; the first is the headings. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const headings = columns.map((column) => column.heading);
  const widths = headings.map((heading, index) =>
    rows.reduce((width, row) => Math.max(width, (row[index] ?? '').length), heading.length),
  );
  return [headings, ...rows].map((row) =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return columns[index]?.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
