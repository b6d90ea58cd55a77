import { useEffect, useRef, useState } from "react";

// Something that is sent when somebody says so.
export interface Submission {
  submit: () => Promise<void>;
  pending: boolean;
  failure: unknown; // of the last attempt
}

// Calls `send`, and with its answer `done`; but not if the page is no longer shown by then: whoever has
// gone elsewhere is not called back.
export function useSubmission<T>(send: () => Promise<T>, done: (answer: T) => void): Submission {
  const [state, setState] = useState<{ pending: boolean; failure?: unknown }>({ pending: false });
  const shown = useRef(false);
  useEffect(() => {
    shown.current = true;
    return () => { shown.current = false; };
  }, []);

  const submit = async () => {
    setState({ pending: true });
    try {
      const answer = await send();
      if (shown.current) done(answer);
    } catch (failure) {
      setState({ pending: false, failure });
    }
  };
  return { submit, pending: state.pending, failure: state.failure };
}
