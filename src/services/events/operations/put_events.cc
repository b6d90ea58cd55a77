#include "services/events/operations/put_events.h"

#include <set>
#include <utility>

#include "services/events/bus.h"
#include "services/events/errors.h"
#include "services/events/json/json.h"
#include "services/events/own_rule.h"
#include "services/events/settings.h"

namespace everseal::events {
namespace {

using Entry = PutEvents::Entry;

constexpr std::size_t kLongestDetailType = 128;
constexpr std::size_t kTimeOctets = 14;  // counted for a time that is given, as AWS does

std::size_t size_of(const Entry& entry) {
  auto size = entry.time ? kTimeOctets : 0;
  for (const auto* text : {&entry.source, &entry.detail_type, &entry.detail}) {
    if (*text) size += (*text)->size();
  }
  for (const auto& resource : entry.resources) size += resource.size();
  return size;
}

PutEvents::Outcome refused(std::string code, std::string message) {
  return {{}, std::move(code), std::move(message)};
}

PutEvents::Outcome lacking(const std::string& member) {
  return refused("InvalidArgument", "Parameter " + member + " is not valid. Reason: " + member +
                                        " is a required argument.");
}

std::optional<PutEvents::Outcome> refuse(const Entry& entry) {
  if (entry.source.value_or("").empty()) return lacking("Source");
  if (entry.detail_type.value_or("").empty()) return lacking("DetailType");
  if (entry.detail.value_or("").empty()) return lacking("Detail");
  if (entry.detail_type->size() > kLongestDetailType)
    return refused("InvalidArgument",
                   "Parameter DetailType is not valid. Reason: DetailType is longer than 128.");
  if (entry.source->starts_with("aws."))
    return refused("NotAuthorizedForSourceException", "Not authorized for the source.");
  const auto detail = json::parse(*entry.detail);
  if (!detail || detail->kind != json::Value::Kind::Object)
    return refused("MalformedDetail", "Detail is malformed.");
  return std::nullopt;
}

// An event is its sender's, on whosever bus it is put.
Event event_of(const Entry& entry, const BusName& of_sender, const std::string& id, TimePoint now) {
  return {.id = id,
          .bus = of_sender,
          .source = *entry.source,
          .detail_type = *entry.detail_type,
          .time = entry.time.value_or(now),
          .resources = entry.resources,
          .detail = *entry.detail};
}

Result<PutEvents::Outcome, ApiError> put_one(sql::Transaction& tx, const Entry& entry,
                                             const aws::Call& call, const std::string& id,
                                             TimePoint now) {
  if (auto outcome = refuse(entry)) return *std::move(outcome);
  const auto name = bus_of(call, entry.event_bus_name.value_or(""));
  if (const auto bus = bus_to_put_on(tx, call, name); !bus) {
    if (bus.error().http_status >= 500) return bus.error();
    return refused(std::string(bus.error().code), bus.error().message);
  }
  auto text = text_of(event_of(entry, {call.caller.account, name.region, name.name}, id, now));
  if (!text) return text.error();
  const auto done = put(tx,
                        QueuedEvent{.id = id,
                                    .bus = name,
                                    .resource = entry.resources.empty() ? "" : entry.resources[0],
                                    .body = *std::move(text),
                                    .received_at = now},
                        now);
  if (!done) return done.error();
  return PutEvents::Outcome{id, {}, {}};
}

}  // namespace

aws::Access PutEvents::access(const Request& request, const aws::Call& call) const {
  std::set<std::string> arns;
  for (const auto& entry : request.entries)
    arns.insert(bus_arn(bus_of(call, entry.event_bus_name.value_or(""))));
  return {.resources = {arns.begin(), arns.end()}};
}

Result<PutEvents::Response, ApiError> PutEvents::operator()(const Request& request,
                                                            const aws::Call& call) const {
  if (request.endpoint_id) return invalid("Global endpoints are not supported by Everseal.");
  std::size_t size = 0;
  for (const auto& entry : request.entries) size += size_of(entry);
  if (size > kMostOctetsPut)
    return invalid("Total size of the entries in the request is over the limit.");
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < request.entries.size(); ++i) ids.push_back(random_uuid(random));
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    Response response;
    for (std::size_t i = 0; i < request.entries.size(); ++i) {
      auto outcome = put_one(tx, request.entries[i], call, ids[i], clock.now());
      if (!outcome) return outcome.error();
      if (outcome->error_code) ++response.failed_entry_count;
      response.entries.push_back(*std::move(outcome));
    }
    return response;
  });
}

}  // namespace everseal::events
