#include "services/events/operations/create_archive.h"

#include "services/events/archive_rules.h"
#include "services/events/errors.h"
#include "services/events/own_archive.h"
#include "services/events/own_rule.h"
#include "services/events/settings.h"

namespace everseal::events {
namespace {

Result<void, ApiError> make_room(sql::Snapshot& view, const archives::OwnName& name) {
  const auto found = archives::find_archive(view, name);
  if (!found) return found.error();
  if (*found) return archive_exists(name.name);
  const auto count = archives::count_archives(view, name);
  if (!count) return count.error();
  if (*count >= kMostArchives) return over_limit();
  return {};
}

}  // namespace

aws::Access CreateArchive::access(const Request& request, const aws::Call& call) const {
  return {.resources = {archives::archive_arn(own_name(call, request.archive_name)),
                        request.event_source_arn}};
}

Result<CreateArchive::Response, ApiError> CreateArchive::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  const auto bus = parse_bus_arn(request.event_source_arn);
  if (!bus || bus_arn(*bus) != request.event_source_arn) {
    return invalid_parameter("EventSourceArn", "Must contain an event bus ARN.");
  }
  if (auto refused = refuse_archive(request.event_pattern, request.kms_key_identifier))
    return *std::move(refused);
  const archives::Archive made{.name = own_name(call, request.archive_name),
                               .source_arn = request.event_source_arn,
                               .description = request.description,
                               .event_pattern = unless_empty(request.event_pattern),
                               .retention_days = request.retention_days.value_or(0),
                               .created_at = clock.now()};
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    if (const auto found = own_bus(tx, call, *bus); !found) return found.error();
    if (const auto room = make_room(tx, made.name); !room) return room.error();
    if (const auto added = archives::add_archive(tx, made); !added) return added.error();
    return Response{.archive_arn = archives::archive_arn(made.name),
                    .creation_time = made.created_at};
  });
}

}  // namespace everseal::events
