import "@cloudscape-design/global-styles/index.css";
import { Mode, applyMode } from "@cloudscape-design/global-styles";
import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import "./console.css";
import type { Session } from "./session";
import { Shell } from "./shell";
import { SignIn } from "./sign_in";

// Light or dark, as the machine is.
const dark = matchMedia("(prefers-color-scheme: dark)");
const followMachine = () => applyMode(dark.matches ? Mode.Dark : Mode.Light);
followMachine();
dark.addEventListener("change", followMachine);

// A page that comes back as it was left ("Back") would still be signed in.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

function Console() {
  const [session, setSession] = useState<Session | null>(null);
  if (!session) return <SignIn onSignedIn={setSession} />;
  return <Shell session={session} onSignOut={() => setSession(null)} />;
}

createRoot(document.getElementById("console")!).render(
  <StrictMode>
    <I18nProvider locale="en" messages={[messages]}>
      <Console />
    </I18nProvider>
  </StrictMode>,
);
