import AppLayout from "@cloudscape-design/components/app-layout";
import SideNavigation, { type SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import TopNavigation from "@cloudscape-design/components/top-navigation";
import { useEffect } from "react";
import { Boundary } from "./failures";
import { News, NewsProvider } from "./news";
import { hrefOf, usePlace } from "./places";
import seal from "./seal.svg";
import { type Service, services } from "./services";
import { type Session, SessionProvider } from "./session";

function Bar({ session, onSignOut }: { session: Session; onSignOut: () => void }) {
  return (
    <TopNavigation
      identity={{ href: "#/", title: "Everseal", logo: { src: seal, alt: "" } }}
      utilities={[
        {
          type: "menu-dropdown", text: `${session.who.split(":").pop()} in ${session.region}`,
          description: session.who, iconName: "user-profile",
          items: [{ id: "sign-out", text: "Sign out" }],
          onItemClick: onSignOut,
        },
      ]}
    />
  );
}

function Navigation({ current }: { current: Service }) {
  const groups = [...new Set(services.map((each) => each.group))];
  const items: SideNavigationProps.Item[] = groups.map((group) => ({
    type: "section", text: group,
    items: services.filter((each) => each.group === group)
      .map((each) => ({ type: "link", text: each.title, href: hrefOf(each.path) })),
  }));
  return <SideNavigation header={{ text: "Everseal", href: "#/" }} items={items} activeHref={hrefOf(current.path)} />;
}

// Whoever listens to a page or uses the keyboard begins at its heading.
function useHeadingOf(place: readonly string[]) {
  useEffect(() => {
    const heading = document.querySelector<HTMLElement>("main h1");
    if (!heading) return;
    document.title = `${heading.textContent} – Everseal`;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }, [place.join("/")]);
}

export function Shell({ session, onSignOut }: { session: Session; onSignOut: () => void }) {
  const place = usePlace();
  const named = services.find((each) => each.path === place[0]);
  const current = named ?? services[0];
  useHeadingOf(place);
  return (
    <SessionProvider value={session}>
      <NewsProvider>
        <div id="bar"><Bar session={session} onSignOut={onSignOut} /></div>
        <AppLayout
          headerSelector="#bar"
          toolsHide
          navigation={<Navigation current={current} />}
          notifications={<News />}
          content={<Boundary key={place.join("/")}>{current.page(named ? place.slice(1) : [])}</Boundary>}
        />
      </NewsProvider>
    </SessionProvider>
  );
}
