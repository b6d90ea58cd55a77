import Alert from "@cloudscape-design/components/alert";
import LiveRegion from "@cloudscape-design/components/live-region";

// The words of the API, which say what to do.
export function wordsOf(failure: unknown): string {
  if (failure instanceof TypeError) return "Everseal cannot be reached.";
  return failure instanceof Error ? failure.message : String(failure);
}

// Is read out to those who listen to the page.
export function Failure({ failure }: { failure: unknown }) {
  if (!failure) return null;
  const code = failure instanceof Error && !(failure instanceof TypeError) ? failure.name : undefined;
  return (
    <LiveRegion assertive>
      <Alert type="error" header={code}>{wordsOf(failure)}</Alert>
    </LiveRegion>
  );
}
