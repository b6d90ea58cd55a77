#include "services/events/operations/update_archive.h"

#include "services/events/archive_rules.h"
#include "services/events/archives/housekeeper.h"
#include "services/events/own_archive.h"

namespace everseal::events {
namespace {

void change(archives::Archive& archive, const UpdateArchive::Request& request) {
  if (request.description) archive.description = request.description;
  if (request.event_pattern) archive.event_pattern = unless_empty(request.event_pattern);
  if (request.retention_days) archive.retention_days = *request.retention_days;
}

}  // namespace

aws::Access UpdateArchive::access(const Request& request, const aws::Call& call) const {
  return aws::on(archives::archive_arn(own_name(call, request.archive_name)));
}

Result<UpdateArchive::Response, ApiError> UpdateArchive::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  if (auto refused = refuse_archive(request.event_pattern, request.kms_key_identifier))
    return *std::move(refused);
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    auto archive = own_archive(tx, call, request.archive_name);
    if (!archive) return archive.error();
    change(*archive, request);
    if (const auto changed = archives::change_archive(tx, *archive); !changed)
      return changed.error();
    // The retention may have become shorter.
    const auto promised = jobs::add(tx, archives::housekeeping_of(archive->id, clock.now()));
    if (!promised) return promised.error();
    return Response{.archive_arn = archives::archive_arn(archive->name),
                    .creation_time = archive->created_at};
  });
}

}  // namespace everseal::events
