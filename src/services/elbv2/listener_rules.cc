#include "services/elbv2/listener_rules.h"

#include <utility>

#include "services/elbv2/access.h"
#include "services/elbv2/certificate_use.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/limits.h"
#include "services/elbv2/mutual_authentication.h"
#include "services/elbv2/ssl_policies.h"

namespace everseal::elbv2 {
namespace {

Result<void, ApiError> check_place(const SaidOfListener& said, const Listener& listener) {
  if (!said.port && listener.port == 0) return invalid("A port must be specified");
  if (!said.protocol && listener.port == 0) return invalid("A protocol must be specified");
  const auto protocol = said.protocol.value_or(listener.protocol);
  if (protocol != Protocol::Http && protocol != Protocol::Https) {
    return unsupported_protocol(aws::name_of(protocol));
  }
  return {};
}

Result<Listener, ApiError> plain(Listener listener, const SaidOfListener& said) {
  if (!said.certificates.empty()) {
    return invalid_configuration("A certificate cannot be specified for HTTP listeners");
  }
  if (said.ssl_policy) {
    return invalid_configuration("An SSL policy cannot be specified for HTTP listeners");
  }
  if (said.mutual_authentication) {
    return invalid_configuration("Mutual authentication cannot be specified for HTTP listeners");
  }
  listener.certificate_arn.reset();
  listener.ssl_policy.reset();
  listener.mutual_authentication = {};
  return listener;
}

Result<std::string, ApiError> only_certificate(sql::Snapshot& view, const aws::Call& call,
                                               const CertificateSource& certificates,
                                               const std::vector<shapes::Certificate>& said) {
  if (said.size() != 1 || !said[0].certificate_arn) {
    return invalid("Exactly one certificate must be specified for HTTPS listeners");
  }
  const std::string& arn = *said[0].certificate_arn;
  if (auto fine = check_certificate(view, call, certificates, arn); !fine) return fine.error();
  return arn;
}

std::string ssl_policy_of(const Listener& listener, const SaidOfListener& said) {
  return said.ssl_policy.value_or(listener.ssl_policy.value_or(std::string(usual_ssl_policy)));
}

Result<Listener, ApiError> encrypted(sql::Snapshot& view, const aws::Call& call,
                                     const CertificateSource& certificates,
                                     const TrustStores& trust_stores, Listener listener,
                                     const SaidOfListener& said) {
  if (!said.certificates.empty() || !listener.certificate_arn) {
    auto certificate = only_certificate(view, call, certificates, said.certificates);
    if (!certificate) return certificate.error();
    listener.certificate_arn = *std::move(certificate);
  }
  const std::string policy = ssl_policy_of(listener, said);
  if (find_ssl_policy(policy) == nullptr) return no_such_policy(policy);
  listener.ssl_policy = policy;
  auto mutual = completed(view, call, trust_stores,
                          said.mutual_authentication.value_or(listener.mutual_authentication));
  if (!mutual) return mutual.error();
  listener.mutual_authentication = *std::move(mutual);
  return listener;
}

}  // namespace

Result<Listener, ApiError> changed(sql::Snapshot& view, const aws::Call& call,
                                   const CertificateSource& certificates,
                                   const TrustStores& trust_stores, Listener listener,
                                   const SaidOfListener& said) {
  if (auto fine = check_place(said, listener); !fine) return fine.error();
  listener.port = said.port.value_or(listener.port);
  listener.protocol = said.protocol.value_or(listener.protocol);
  if (listener.protocol == Protocol::Http) return plain(std::move(listener), said);
  return encrypted(view, call, certificates, trust_stores, std::move(listener), said);
}

aws::Access with_said(aws::Access access, const Listener& listener, const SaidOfListener& said) {
  const Protocol protocol = said.protocol.value_or(listener.protocol);
  access = with_values(std::move(access), "elasticloadbalancing:ListenerProtocol",
                       {std::string(aws::name_of(protocol))});
  if (protocol != Protocol::Https) return access;
  return with_values(std::move(access), "elasticloadbalancing:SecurityPolicy",
                     {ssl_policy_of(listener, said)});
}

Result<void, ApiError> check_listeners(sql::Snapshot& view, const std::string& load_balancer_arn) {
  const auto all = list_listeners(view, load_balancer_arn, "", limits::listeners + 1);
  if (!all) return all.error();
  if (all->size() > limits::listeners) return too_many_listeners();
  if (verifying(*all).size() > limits::verifying_listeners) {
    return invalid_configuration("At most 2 listeners of a load balancer can verify clients");
  }
  return {};
}

}  // namespace everseal::elbv2
