#include "services/elbv2/operations/listener_certificates.h"

#include <algorithm>
#include <utility>

#include "services/elbv2/access.h"
#include "services/elbv2/certificate_use.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/limits.h"
#include "services/elbv2/listener_store.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/pages.h"

namespace everseal::elbv2 {
namespace {

Result<std::string, ApiError> only_one(const std::vector<shapes::Certificate>& said) {
  if (said.size() == 1 && said[0].certificate_arn) return *said[0].certificate_arn;
  return invalid("Exactly one certificate must be specified");
}

Result<Listener, ApiError> encrypted_listener(sql::Snapshot& view, const aws::Call& call,
                                              const std::string& arn) {
  auto listener = own_listener(view, call, arn);
  if (listener && listener->protocol != Protocol::Https) {
    return invalid_configuration("A certificate cannot be specified for HTTP listeners");
  }
  return listener;
}

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

aws::Access AddListenerCertificates::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.listener_arn);
}

Result<AddListenerCertificates::Response, ApiError> AddListenerCertificates::operator()(
    const Request& request, const aws::Call& call) const {
  const auto arn = only_one(request.certificates);
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

aws::Access RemoveListenerCertificates::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.listener_arn);
}

Result<shapes::Nothing, ApiError> RemoveListenerCertificates::operator()(
    const Request& request, const aws::Call& call) const {
  const auto arn = only_one(request.certificates);
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

Result<DescribeListenerCertificates::Response, ApiError> DescribeListenerCertificates::operator()(
    const Request& request, const aws::Call& call) const {
  const auto page = page_of(name, call, request.listener_arn, request.marker, request.page_size);
  if (!page) return page.error();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto listener = own_listener(view, call, request.listener_arn);
    if (!listener) return listener.error();
    auto further = further_certificates(view, listener->arn, page->after(), page->limit());
    if (!further) return further.error();
    Response response;
    response.next_marker = page->cut(*further, [](const std::string& arn) { return arn; });
    if (!request.marker && listener->certificate_arn) {
      response.certificates.push_back({listener->certificate_arn, true});
    }
    for (const std::string& arn : *further) response.certificates.push_back({arn, false});
    return response;
  });
}

}  // namespace everseal::elbv2
