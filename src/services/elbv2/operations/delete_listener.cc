#include "services/elbv2/operations/delete_listener.h"

#include "services/elbv2/access.h"
#include "services/elbv2/certificate_use.h"
#include "services/elbv2/listener_store.h"
#include "services/elbv2/load_balancer_store.h"

namespace everseal::elbv2 {

aws::Access DeleteListener::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.listener_arn);
}

Result<shapes::Nothing, ApiError> DeleteListener::operator()(const Request& request,
                                                             const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Nothing, ApiError> {
    const auto listener = own_listener(tx, call, request.listener_arn);
    if (!listener) return listener.error();
    const auto removed = with_uses_told(tx, certificates, listener->load_balancer_arn,
                                        [&] { return remove_listener(tx, listener->arn); });
    if (!removed) return removed.error();
    announce_change(tx);
    return shapes::Nothing{};
  });
}

}  // namespace everseal::elbv2
