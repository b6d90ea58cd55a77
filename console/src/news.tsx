import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { type ReactNode, createContext, useCallback, useContext, useMemo, useState } from "react";

// Tells what has been done, above whatever page is shown then.
type Tell = (words: string) => void;
const Telling = createContext<Tell>(() => {});
const Told = createContext<FlashbarProps.MessageDefinition[]>([]);

export const useTell = () => useContext(Telling);

export function NewsProvider({ children }: { children: ReactNode }) {
  const [news, setNews] = useState<FlashbarProps.MessageDefinition[]>([]);
  const tell = useCallback((words: string) => {
    const id = crypto.getRandomValues(new Uint32Array(1))[0].toString();
    const dismiss = () => setNews((all) => all.filter((each) => each.id !== id));
    setNews((all) => [{
      id, type: "success", content: words, ariaRole: "status",
      dismissible: true, dismissLabel: "Dismiss", onDismiss: dismiss,
    }, ...all]);
  }, []);
  return <Telling.Provider value={tell}><Told.Provider value={news}>{children}</Told.Provider></Telling.Provider>;
}

export function News() {
  const items = useContext(Told);
  return useMemo(() => <Flashbar items={items} />, [items]);
}
