#include "services/events/destinations/operations/create_connection.h"

#include "services/events/destinations/authorization.h"
#include "services/events/destinations/authorizing.h"
#include "services/events/destinations/connection_store.h"
#include "services/events/destinations/errors.h"
#include "services/events/destinations/own.h"
#include "services/events/errors.h"

namespace everseal::events::destinations {

namespace {

Result<void, ApiError> make_room(sql::Snapshot& view, const Name& name) {
  const auto found = find_connection(view, name);
  if (!found) return found.error();
  if (*found) return connection_exists(name.name);
  const auto all = count_connections(view, name);
  if (!all) return all.error();
  if (*all >= kMostConnections) return over_limit();
  return {};
}

}  // namespace

aws::Access CreateConnection::access(const Request& request, const aws::Call& call) const {
  return access_to_connection(database, name_of(call, request.connection));
}

Result<CreateConnection::Response, ApiError> CreateConnection::operator()(
    const Request& request, const aws::Call& call) const {
  if (request.connectivity || request.kms_key) return not_supported_in_connections();
  if (auto refused = refuse(request.type, request.authorization, settings)) return *refused;
  Connection made{.name = name_of(call, request.connection),
                  .arn = {},
                  .description = request.description,
                  .type = request.type,
                  .state = first_state(request.type),
                  .created_at = clock.now(),
                  .modified_at = clock.now()};
  made.arn = connection_arn(made.name, random_uuid(random));
  if (made.state == ConnectionState::Authorized) made.authorized_at = clock.now();
  auto sealed = seal(vault, made.arn, request.authorization);
  if (!sealed) return sealed.error();
  made.sealed = *std::move(sealed);
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    if (const auto room = make_room(tx, made.name); !room) return room.error();
    const auto id = add_connection(tx, made);
    if (!id) return id.error();
    const auto promised = promise_authorization(tx, *id, clock.now());
    if (!promised) return promised.error();
    auto answer = ConnectionAnswer::about(made);
    answer.authorized_at.reset();
    return answer;
  });
}

}  // namespace everseal::events::destinations
