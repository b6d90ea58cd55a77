#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "random/random.h"
#include "result/result.h"
#include "services/elbv2/certificate_source.h"
#include "services/elbv2/listener_store.h"
#include "services/elbv2/shapes.h"
#include "services/elbv2/trust_stores.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// CreateListener: the load balancer listens at one more port.
struct CreateListener {
  static constexpr std::string_view name = "CreateListener";
  struct Request {
    std::string load_balancer_arn;
    std::optional<Protocol> protocol;
    std::optional<std::int32_t> port;
    std::optional<std::string> ssl_policy;
    std::vector<shapes::Certificate> certificates;
    std::vector<shapes::Action> default_actions;
    std::vector<shapes::Tag> tags;
    std::optional<shapes::MutualAuthentication> mutual_authentication;
    static constexpr auto fields =
        std::tuple{aws::required("LoadBalancerArn", &Request::load_balancer_arn),
                   aws::optional("Protocol", &Request::protocol),
                   aws::optional("Port", &Request::port, shapes::port_range),
                   aws::optional("SslPolicy", &Request::ssl_policy),
                   aws::optional("Certificates", &Request::certificates),
                   aws::required("DefaultActions", &Request::default_actions),
                   aws::optional("Tags", &Request::tags, shapes::tag_count),
                   aws::optional("MutualAuthentication", &Request::mutual_authentication)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // One at that port with the same settings is answered as it is.
  // LoadBalancerNotFound. DuplicateListener: it has other settings. All that `changed` and
  // `completed` say of listeners and actions.
  Result<shapes::Listeners, ApiError> operator()(const Request& request,
                                                 const aws::Call& call) const;

  sql::Database& database;
  const CertificateSource& certificates;
  const TrustStores& trust_stores;
  Random& random;
};

}  // namespace everseal::elbv2
