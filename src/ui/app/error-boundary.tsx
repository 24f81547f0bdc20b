import { Component, type ComponentChildren } from 'preact';

interface Props {
  /** What is inside, as the user calls it. */
  readonly name: string;
  readonly onError: (name: string, error: unknown) => void;
  readonly children: ComponentChildren;
}

/** Keeps a fault in one part from taking the others with it; the part can be shown anew. */
export class ErrorBoundary extends Component<Props, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  override componentDidCatch(error: unknown): void {
    this.setState({ hasFailed: true });
    this.props.onError(this.props.name, error);
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <div class="panel-body fault" role="alert">
        <p>
          <strong>{this.props.name} cannot be shown: something in it went wrong.</strong>
        </p>
        <p class="soft">Your sheet is safe, and everything else goes on.</p>
        <button type="button" onClick={() => this.setState({ hasFailed: false })}>
          Show it again
        </button>
      </div>
    );
  }
}
