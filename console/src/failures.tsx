import Alert from "@cloudscape-design/components/alert";
import LiveRegion from "@cloudscape-design/components/live-region";
import { Component, type ReactNode } from "react";

// What fetch() throws when there is no answer; the SDK adds what it knows of the attempt, and so tells
// it from a mistake of ours.
function hadNoAnswer(failure: unknown): boolean {
  return failure instanceof TypeError && "$metadata" in failure;
}

// The words of the API, which say what to do.
export function wordsOf(failure: unknown): string {
  if (hadNoAnswer(failure)) return "Everseal cannot be reached.";
  return failure instanceof Error ? failure.message : String(failure);
}

// Is read out to those who listen to the page.
export function Failure({ failure }: { failure: unknown }) {
  if (!failure) return null;
  const code = failure instanceof Error && !hadNoAnswer(failure) ? failure.name : undefined;
  return (
    <LiveRegion assertive>
      <Alert type="error" header={code}>{wordsOf(failure)}</Alert>
    </LiveRegion>
  );
}

// Shows what went wrong within it, where nothing else would be shown.
export class Boundary extends Component<{ children: ReactNode }, { failure?: unknown }> {
  state = { failure: undefined };
  static getDerivedStateFromError(failure: unknown) { return { failure }; }
  render() {
    return this.state.failure ? <Failure failure={this.state.failure} /> : this.props.children;
  }
}
