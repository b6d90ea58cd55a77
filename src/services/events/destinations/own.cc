#include "services/events/destinations/own.h"

#include <utility>

#include "services/events/destinations/errors.h"

namespace everseal::events::destinations {

aws::Access access_to_connection(sql::Database& database, const Name& name) {
  const auto found =
      database.read([&](sql::Snapshot& view) { return find_connection(view, name); });
  aws::Access access = aws::on(found && *found ? (*found)->arn : connection_arn(name, ""));
  if (!found) access.fault = found.error();
  return access;
}

aws::Access access_to_destination(sql::Database& database, const Name& name) {
  const auto found =
      database.read([&](sql::Snapshot& view) { return find_destination(view, name); });
  aws::Access access = aws::on(found && *found ? (*found)->arn : api_destination_arn(name, ""));
  if (!found) access.fault = found.error();
  return access;
}

Result<Connection, ApiError> own_connection(sql::Snapshot& view, const Name& name) {
  auto found = find_connection(view, name);
  if (!found) return found.error();
  if (!*found) return no_such_connection(name.name);
  return **std::move(found);
}

Result<ApiDestination, ApiError> own_destination(sql::Snapshot& view, const Name& name) {
  auto found = find_destination(view, name);
  if (!found) return found.error();
  if (!*found) return no_such_destination(name.name);
  return **std::move(found);
}

Result<Connection, ApiError> own_connection(sql::Snapshot& view, const aws::Call& call,
                                            std::string_view arn) {
  auto found = find_connection_by_arn(view, arn);
  if (!found) return found.error();
  const bool is_own = *found && (*found)->name.account == call.caller.account &&
                      (*found)->name.region == call.region;
  if (!is_own) return no_such_connection(arn);
  return **std::move(found);
}

}  // namespace everseal::events::destinations
