#include "services/events/operations/describe_archive.h"

#include "services/events/own_archive.h"

namespace everseal::events {

aws::Access DescribeArchive::access(const Request& request, const aws::Call& call) const {
  return aws::on(archives::archive_arn(own_name(call, request.archive_name)));
}

Result<DescribeArchive::Response, ApiError> DescribeArchive::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto archive = own_archive(view, call, request.archive_name);
    if (!archive) return archive.error();
    return Response{.archive_arn = archives::archive_arn(archive->name),
                    .archive_name = archive->name.name,
                    .event_source_arn = archive->source_arn,
                    .description = archive->description,
                    .event_pattern = archive->event_pattern,
                    .retention_days = archive->retention_days,
                    .size_bytes = archive->size_octets,
                    .event_count = archive->event_count,
                    .creation_time = archive->created_at};
  });
}

}  // namespace everseal::events
