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
#include "result/result.h"
#include "services/elbv2/certificate_source.h"
#include "services/elbv2/listener_store.h"
#include "services/elbv2/shapes.h"
#include "services/elbv2/trust_stores.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// ModifyListener: what is given takes the place of what was; of HTTP, all that belongs to HTTPS
// ends.
struct ModifyListener {
  static constexpr std::string_view name = "ModifyListener";
  struct Request {
    std::string listener_arn;
    std::optional<std::int32_t> port;
    std::optional<Protocol> protocol;
    std::optional<std::string> ssl_policy;
    std::vector<shapes::Certificate> certificates;
    std::vector<shapes::Action> default_actions;
    std::optional<shapes::MutualAuthentication> mutual_authentication;
    static constexpr auto fields =
        std::tuple{aws::required("ListenerArn", &Request::listener_arn),
                   aws::optional("Port", &Request::port, shapes::port_range),
                   aws::optional("Protocol", &Request::protocol),
                   aws::optional("SslPolicy", &Request::ssl_policy),
                   aws::optional("Certificates", &Request::certificates),
                   aws::optional("DefaultActions", &Request::default_actions),
                   aws::optional("MutualAuthentication", &Request::mutual_authentication)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ListenerNotFound. DuplicateListener: the port is taken. As CreateListener.
  Result<shapes::Listeners, ApiError> operator()(const Request& request,
                                                 const aws::Call& call) const;

  sql::Database& database;
  const CertificateSource& certificates;
  const TrustStores& trust_stores;
};

}  // namespace everseal::elbv2
