#include "services/events/operations/list_archives.h"

#include "services/events/archive_rules.h"
#include "services/events/errors.h"
#include "services/events/own_archive.h"
#include "services/events/pages.h"

namespace everseal::events {
namespace {

using archives::Archive;

ListArchives::Item shown(const Archive& archive) {
  return {.archive_name = archive.name.name,
          .event_source_arn = archive.source_arn,
          .retention_days = archive.retention_days,
          .size_bytes = archive.size_octets,
          .event_count = archive.event_count,
          .creation_time = archive.created_at};
}

// All that there are have this state.
bool nothing_is_in(const std::optional<archives::ArchiveState>& state) {
  return state && *state != archives::ArchiveState::Enabled;
}

}  // namespace

aws::Access ListArchives::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<ListArchives::Response, ApiError> ListArchives::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  if (has_several_filters(request)) return too_many_filters(name);
  const archives::ArchiveChoice choice{request.name_prefix.value_or(""), request.event_source_arn};
  const auto page = page_of(name, call, choice.prefix + " " + choice.source_arn.value_or(""),
                            request.next_token, request.limit);
  if (!page) return page.error();
  if (nothing_is_in(request.state)) return Response{};
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    auto found =
        archives::list_archives(view, own_name(call, page->after()), choice, page->limit());
    if (!found) return found.error();
    Response response;
    response.next_token =
        page->cut(*found, [](const Archive& archive) { return archive.name.name; });
    for (const auto& archive : *found) response.archives.push_back(shown(archive));
    return response;
  });
}

}  // namespace everseal::events
