import { useCallback, useEffect, useState } from "react";

// What was asked of the API and is still on its way, has come, or has failed.
export interface Asked<T> {
  value?: T;
  failure?: unknown;
  pending: boolean;
  again: () => void;
}

// Asks when it is first shown, when what `ask` depends on changes, and again when told so. What came
// before stays until a new answer is there, also when what is asked then fails.
export function useAsked<T>(ask: () => Promise<T>, dependsOn: readonly unknown[]): Asked<T> {
  const [answer, setAnswer] = useState<{ value?: T; failure?: unknown; pending: boolean }>({ pending: true });
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let wanted = true;
    setAnswer((before) => ({ ...before, pending: true }));
    ask().then(
      (value) => wanted && setAnswer({ value, pending: false }),
      (failure: unknown) => wanted && setAnswer((before) => ({ ...before, failure, pending: false })),
    );
    return () => { wanted = false; };
  }, [...dependsOn, times]);
  const again = useCallback(() => setTimes((before) => before + 1), []);
  return { ...answer, again };
}
