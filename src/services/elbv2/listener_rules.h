#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/elbv2/certificate_source.h"
#include "services/elbv2/listener_store.h"
#include "services/elbv2/shapes.h"
#include "services/elbv2/trust_stores.h"
#include "sql/database.h"

// What a listener may be told.
namespace everseal::elbv2 {

// What is said when a listener is made or modified.
struct SaidOfListener {
  std::optional<std::int32_t> port;
  std::optional<Protocol> protocol;
  std::optional<std::string> ssl_policy;
  std::vector<shapes::Certificate> certificates;
  std::optional<shapes::MutualAuthentication> mutual_authentication;
};

// Of CreateListener or ModifyListener.
template <class Request>
SaidOfListener said_in(const Request& request) {
  return {request.port, request.protocol, request.ssl_policy, request.certificates,
          request.mutual_authentication};
}

// The caller's listener as it will be. ValidationError: no port or protocol; HTTPS without exactly
// one certificate. UnsupportedProtocol. InvalidConfigurationRequest: HTTP with what belongs to
// HTTPS. SSLPolicyNotFound, CertificateNotFound, TrustStoreNotFound, TrustStoreNotReady.
Result<Listener, ApiError> changed(sql::Snapshot& view, const aws::Call& call,
                                   const CertificateSource& certificates,
                                   const TrustStores& trust_stores, Listener listener,
                                   const SaidOfListener& said);

// The right to make or modify it, with the protocol and the security policy that it will have.
aws::Access with_said(aws::Access access, const Listener& listener, const SaidOfListener& said);

// Once it is kept. TooManyListeners: the load balancer has more than 50.
// InvalidConfigurationRequest: more than two of them verify clients.
Result<void, ApiError> check_listeners(sql::Snapshot& view, const std::string& load_balancer_arn);

}  // namespace everseal::elbv2
