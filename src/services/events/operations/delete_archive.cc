#include "services/events/operations/delete_archive.h"

#include "services/events/archives/housekeeper.h"
#include "services/events/own_archive.h"

namespace everseal::events {

aws::Access DeleteArchive::access(const Request& request, const aws::Call& call) const {
  return aws::on(archives::archive_arn(own_name(call, request.archive_name)));
}

Result<aws::Empty, ApiError> DeleteArchive::operator()(const Request& request,
                                                       const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto archive = own_archive(tx, call, request.archive_name);
    if (!archive) return archive.error();
    if (const auto removed = archives::remove_archive(tx, archive->id); !removed)
      return removed.error();
    const auto promised = jobs::add(tx, archives::housekeeping_of(archive->id, clock.now()));
    if (!promised) return promised.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::events
