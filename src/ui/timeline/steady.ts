import { Component, type ComponentChild, type FunctionComponent, h } from 'preact';

/**
 * A component that is drawn anew only where one of its properties is another. It is not `memo` of preact/compat:
 * that, once loaded, makes every `onChange` of the app one at each letter.
 */
export function steady<Props extends object>(draw: FunctionComponent<Props>): FunctionComponent<Props> {
  class Steady extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      return (Object.keys(next) as (keyof Props)[]).some((key) => next[key] !== this.props[key]);
    }

    override render(): ComponentChild {
      return h(draw, this.props as Props & { readonly children?: never });
    }
  }
  return Steady as unknown as FunctionComponent<Props>;
}
