#include "services/elbv2/operations/remove_listener_certificates.h"

#include <algorithm>

#include "services/elbv2/access.h"
#include "services/elbv2/certificate_use.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/limits.h"
#include "services/elbv2/listener_store.h"
#include "services/elbv2/load_balancer_store.h"

namespace everseal::elbv2 {
namespace {

Result<void, ApiError> check_removable(sql::Snapshot& view, const Listener& listener,
                                       const std::string& certificate_arn) {
  if (certificate_arn != listener.certificate_arn) return {};
  const auto further = further_certificates(view, listener.arn, "", limits::certificates + 1);
  if (!further) return further.error();
  if (std::ranges::find(*further, certificate_arn) != further->end()) return {};
  return not_permitted("The default certificate '" + certificate_arn +
                       "' of a listener cannot be removed");
}

}  // namespace

aws::Access RemoveListenerCertificates::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.listener_arn);
}

Result<shapes::Nothing, ApiError> RemoveListenerCertificates::operator()(
    const Request& request, const aws::Call& call) const {
  const auto arn = only_certificate(request.certificates);
  if (!arn) return arn.error();
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Nothing, ApiError> {
    const auto listener = own_listener(tx, call, request.listener_arn);
    if (!listener) return listener.error();
    if (auto may = check_removable(tx, *listener, *arn); !may) return may.error();
    const auto removed = with_uses_told(tx, certificates, listener->load_balancer_arn, [&] {
      return remove_further_certificate(tx, listener->arn, *arn);
    });
    if (!removed) return removed.error();
    announce_change(tx);
    return shapes::Nothing{};
  });
}

}  // namespace everseal::elbv2
