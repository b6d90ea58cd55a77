#include "services/elbv2/operations/add_listener_certificates.h"

#include "services/elbv2/access.h"
#include "services/elbv2/certificate_use.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/limits.h"
#include "services/elbv2/listener_store.h"
#include "services/elbv2/load_balancer_store.h"

namespace everseal::elbv2 {
namespace {

Result<Listener, ApiError> encrypted_listener(sql::Snapshot& view, const aws::Call& call,
                                              const std::string& arn) {
  auto listener = own_listener(view, call, arn);
  if (listener && listener->protocol != Protocol::Https) {
    return invalid_configuration("A certificate cannot be specified for HTTP listeners");
  }
  return listener;
}

}  // namespace

aws::Access AddListenerCertificates::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.listener_arn);
}

Result<AddListenerCertificates::Response, ApiError> AddListenerCertificates::operator()(
    const Request& request, const aws::Call& call) const {
  const auto arn = only_certificate(request.certificates);
  if (!arn) return arn.error();
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto listener = encrypted_listener(tx, call, request.listener_arn);
    if (!listener) return listener.error();
    if (auto fine = check_certificate(tx, call, certificates, *arn); !fine) return fine.error();
    const auto& balancer = listener->load_balancer_arn;
    const auto added = with_uses_told(tx, certificates, balancer, [&] {
      return add_further_certificate(tx, listener->arn, *arn);
    });
    if (!added) return added.error();
    const auto count = count_further_certificates(tx, balancer);
    if (!count) return count.error();
    if (*count > limits::certificates) return too_many_certificates();
    announce_change(tx);
    return Response{{{*arn, false}}};
  });
}

}  // namespace everseal::elbv2
