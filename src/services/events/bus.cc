#include "services/events/bus.h"

#include "clock/time_text.h"
#include "jobs/jobs.h"
#include "services/events/archives/kept_events.h"
#include "services/events/bus_store.h"
#include "services/events/event_store.h"
#include "services/events/json/json.h"

namespace everseal::events {
namespace {

using Kind = json::Value::Kind;

json::Value list_of(const std::vector<std::string>& texts) {
  json::Value list;
  list.kind = Kind::Array;
  for (const auto& text : texts) list.elements.push_back(json::string_value(text));
  return list;
}

// Who could want what is put on a bus.
struct Audience {
  bool rules = false;
  std::vector<archives::Archive> archives;
  bool is_empty() const { return !rules && archives.empty(); }
};

Result<Audience> audience_of(sql::Snapshot& view, const BusName& bus) {
  const auto rules = somebody_listens(view, bus);
  if (!rules) return rules.error();
  auto kept_by = archives::archives_of(view, bus_arn(bus));
  if (!kept_by) return kept_by.error();
  return Audience{*rules, *std::move(kept_by)};
}

Outcome put_for(sql::Transaction& tx, const Audience& audience, const QueuedEvent& event,
                TimePoint now) {
  const auto kept = archives::keep(
      tx, audience.archives, {.id = event.id, .resource = event.resource, .body = event.body}, now);
  if (!kept || !audience.rules) return kept;
  if (auto added = add_event(tx, event); !added) return added;
  return jobs::add(
      tx, {.kind = std::string(kMatchJob), .key = key_of(event.bus), .due = now, .payload = {}});
}

}  // namespace

Result<std::string> text_of(const Event& event) {
  auto detail = json::parse(event.detail);
  if (!detail) return detail.error();
  if (detail->kind != Kind::Object) return Fault::malformed("the detail of an event is no object");
  json::Value all;
  all.kind = Kind::Object;
  const auto add = [&](const char* name, json::Value value) {
    all.members.push_back({name, 0, std::move(value)});
  };
  add("version", json::string_value("0"));
  add("id", json::string_value(event.id));
  add("detail-type", json::string_value(event.detail_type));
  add("source", json::string_value(event.source));
  add("account", json::string_value(event.bus.account));
  add("time", json::string_value(to_iso8601(event.time)));
  add("region", json::string_value(event.bus.region));
  add("resources", list_of(event.resources));
  add("detail", *std::move(detail));
  return json::print(all);
}

Outcome put(sql::Transaction& tx, const Event& event, TimePoint now) {
  const auto audience = audience_of(tx, event.bus);
  if (!audience) return audience.error();
  if (audience->is_empty()) return {};
  auto text = text_of(event);
  if (!text) return text.error();
  return put_for(tx, *audience,
                 QueuedEvent{.id = event.id,
                             .bus = event.bus,
                             .resource = event.resources.empty() ? "" : event.resources.front(),
                             .body = *std::move(text),
                             .hops = event.hops,
                             .received_at = now},
                 now);
}

Outcome put(sql::Transaction& tx, const QueuedEvent& event, TimePoint now) {
  const auto audience = audience_of(tx, event.bus);
  if (!audience) return audience.error();
  return put_for(tx, *audience, event, now);
}

}  // namespace everseal::events
